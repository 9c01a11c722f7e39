"""nbgrader's settings for this course, for the build and `nbgrader_config.py`: both make the same files."""

from __future__ import annotations

from nbconvert.preprocessors import TagRemovePreprocessor
from nbgrader.converters import GenerateAssignment, GenerateFeedback
from nbgrader.preprocessors import AssignLatePenalties, IgnorePattern, LimitOutput
from traitlets.config import Config

from pytorch_learning.build.preprocessors import HideHiddenTests, Worksheet
from pytorch_learning.language import LANGUAGES, Language
from pytorch_learning.warm import sandboxed

STUBS: dict[Language, str] = {
    "zh": "# 在这里写你的代码，替换下面这一行\nraise NotImplementedError()",
    "en": "# YOUR CODE HERE: replace the line below\nraise NotImplementedError()",
}

TEXT_STUBS: dict[Language, str] = {
    "zh": "在这里写你的回答，替换这一行",
    "en": "YOUR ANSWER HERE: replace this line",
}


def settings(language: Language) -> Config:
    """The settings for the edition in one language.  Grades do not depend on it: grade ids are the same."""
    c = Config()

    c.CourseDirectory.course_id = "pytorch_learning"
    c.CourseDirectory.source_directory = "source"
    c.CourseDirectory.release_directory = f"release/{language}"
    c.CourseDirectory.submitted_directory = "submitted"
    c.CourseDirectory.autograded_directory = "autograded"
    c.CourseDirectory.feedback_directory = "feedback"

    # The other language goes first, so that its cells reach neither the worksheet nor the gradebook.
    c.GenerateAssignment.preprocessors = [
        TagRemovePreprocessor,
        *GenerateAssignment.preprocessors.default_args[0],
        Worksheet,
    ]
    c.TagRemovePreprocessor.enabled = True
    c.TagRemovePreprocessor.remove_cell_tags = {other for other in LANGUAGES if other != language}
    c.ClearSolutions.code_stub = {"python": STUBS[language]}
    c.ClearSolutions.text_stub = TEXT_STUBS[language]

    # Submissions are repaired as they are read, which leaves nbgrader's own sanitizing nothing to do.
    # By name, as these modules themselves make the worksheet with `settings`.
    grading = "pytorch_learning.grading"
    c.Autograde.exporter_class = f"{grading}.exporter.RepairingExporter"
    c.Autograde.sanitize_preprocessors = []
    c.Autograde.autograde_preprocessors = [
        f"{grading}.execute.ExecuteSubmission",
        IgnorePattern,
        LimitOutput,
        f"{grading}.execute.SettleTests",
        f"{grading}.record.SaveGrades",
        AssignLatePenalties,
    ]
    # A kernel that has imported PyTorch before it starts, and is kept to itself.
    c.Execute.kernel_name = sandboxed.NAME
    # By default nbgrader skips cells that a student tagged "skip-execution", and a skipped test passes.
    c.Execute.skip_cells_with_tag = ""
    # What a submission leaves to be done at the end is nobody's concern.
    c.Execute.shutdown_kernel = "immediate"
    # Seconds for each cell; `c.Sandbox` has those for the whole notebook.  Training cells take some on a busy
    # machine; an endless loop must still end.
    c.Execute.timeout = 300
    # What a cell has put out arrives late on a busy machine.
    c.Execute.iopub_timeout = 20
    # Without it a kernel that is not warm warns that others on this machine could read what it sends.
    c.KernelManager.transport_encryption = "auto"
    # nbgrader gives 0 points for a test cell with anything on stderr, be it a warning or a progress bar.
    # The pattern is searched for, so "." matches any output but blank lines, and (?s) those too.
    c.IgnorePattern.enabled = True
    c.IgnorePattern.pattern = "(?s)."

    # The feedback page shows the cells of the autograded notebook, which has the hidden tests.
    c.GenerateFeedback.preprocessors = [*GenerateFeedback.preprocessors.default_args[0], HideHiddenTests]
    return c
