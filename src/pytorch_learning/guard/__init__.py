"""Scores that mean something: what student code has changed is undone before a test, or seen and flagged.

Tests run in the student's own kernel, so there is no perfect safety.  `kernel` is the kernel that grading
uses: it runs a test by itself, past all that IPython lets a notebook change, after `snapshot` and `process`
have put back what tests rely on, while `audit` watches who looks at frames.  `report` is how the result gets
to the grader, and `look` reads the source of the answers.
"""
