"""Items and banks: the model, reading and checking of the text files."""
