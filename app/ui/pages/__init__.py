"""The pages of the main window outside the exam room."""
