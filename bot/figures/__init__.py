"""Pictures that move: a body drawn from numbers, for authors of exercises.

``figure.yaml`` says how a jointed body lies, moves and breathes; this package turns it into a looping animation and a
still. It is a tool for authors (the extra ``authoring``): the running bot sends the rendered files and imports nothing
from here. It reads no words and knows no exercise by name.
"""
