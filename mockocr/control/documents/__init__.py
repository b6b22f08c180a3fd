"""The JSON documents of the control API: what it accepts (`requests`) and answers (`responses`)."""
