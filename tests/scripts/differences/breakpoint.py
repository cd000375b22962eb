"""breakpoint() raises NotImplementedError.

Topic: tracing
Cause: there is no pdb to enter.
Workaround: gilly -i SCRIPT is a prompt with the names of the script after it has run.
"""
try: breakpoint()
except NotImplementedError as e: print("NotImplementedError", e)
except BaseException as e: print("the debugger ran:", type(e).__name__)
