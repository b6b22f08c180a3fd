"""The general text recognition of aip.baidubce.com."""
