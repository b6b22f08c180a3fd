"""The operations of Baidu's general text recognition."""
