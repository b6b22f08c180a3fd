"""The values and shapes that every other room speaks in; standard library only, save for one
parser.
"""
