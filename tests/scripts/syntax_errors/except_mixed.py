# except and except* together
try: pass
except ValueError: pass
except* TypeError: pass
