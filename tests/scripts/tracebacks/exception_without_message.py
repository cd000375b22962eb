# no colon without a message
class Custom(Exception): pass
raise Custom
