"""The editions of a section: what nbgrader reads, worksheet, answer key and lecture."""

from __future__ import annotations

import copy
import json
import logging
import tempfile
from pathlib import Path, PurePosixPath

import nbformat
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode, v4

from pytorch_learning import patience, syllabus
from pytorch_learning.build import glossary, listing, marks
from pytorch_learning.build.source import KERNEL, Course, SourceSection, digest
from pytorch_learning.errors import CourseError
from pytorch_learning.language import LANGUAGES, Language

SYLLABUS = PurePosixPath("src/pytorch_learning") / syllabus.FILE_NAME
EXPRESSED = ("tags", "nbgrader", patience.METADATA)
"""A cell's metadata that the text source can express."""
READMES: dict[Language, PurePosixPath] = {
    "en": PurePosixPath("README.md"),
    "zh": PurePosixPath("README.zh.md"),
}


def source_path(section_id: str) -> PurePosixPath:
    """Where nbgrader reads a section."""
    return PurePosixPath("source") / section_id / f"{section_id}.ipynb"


def lecture_path(section_id: str, language: Language) -> PurePosixPath:
    """Where students read a section."""
    return PurePosixPath("notebooks") / language / f"{section_id}.ipynb"


def answer_key_path(section_id: str, language: Language) -> PurePosixPath:
    """Where students compare their answers."""
    return PurePosixPath("solutions") / language / f"{section_id}.ipynb"


def release_folder(language: Language) -> PurePosixPath:
    """Where worksheets are."""
    return PurePosixPath("release") / language


def glossary_page(course: Course, language: Language, link: str) -> NotebookNode:
    """The glossary as a notebook without code; `link` is a pattern such as "{id}/{id}.ipynb"."""
    texts = glossary.texts(course.terms, course.syllabus, language, link)
    nodes = [v4.new_markdown_cell(text, id=f"glossary-{number}") for number, text in enumerate(texts)]
    made = v4.new_notebook(cells=nodes, metadata=copy.deepcopy(KERNEL))
    made.nbformat_minor = 5
    return made


def folders_of_pages(language: Language) -> tuple[PurePosixPath, PurePosixPath]:
    """Where glossary and cheat sheet lie: beside the worksheets and beside the lectures."""
    return release_folder(language), PurePosixPath("notebooks") / language


def nbgrader_source(section: SourceSection) -> NotebookNode:
    """The notebook in both languages.  It records what it was made from, so that a later edit shows."""
    made = copy.deepcopy(section.notebook)
    made.metadata["pytorch_learning"] = {"source_hash": source_hash(made)}
    return made


def source_hash(notebook: NotebookNode) -> str:
    """A hash of what the text source can express: not outputs, nor what JupyterLab notes of its own."""
    texts: list[str] = []
    for cell in notebook.cells:
        metadata = {key: cell.metadata[key] for key in EXPRESSED if cell.metadata.get(key)}
        texts += [cell.cell_type, cell.source.rstrip("\n"), json.dumps(metadata, sort_keys=True)]
    return digest(*texts)


def lecture(section: SourceSection, language: Language) -> NotebookNode:
    """The section in one language, without its exercises."""
    from pytorch_learning.build.preprocessors import of_exercise

    made = _in_language(section.notebook, language)
    made.cells = [cell for cell in made.cells if not of_exercise(cell)]
    _drop_metadata(made)
    return made


def answer_key(section: SourceSection, language: Language) -> NotebookNode:
    """The section in one language with solutions, without hidden tests."""
    from pytorch_learning.build.preprocessors import fold_tests

    made = _in_language(section.notebook, language)
    for cell in made.cells:
        if "nbgrader" in cell.metadata:
            source = "\n".join(marks.regions(cell.source, marks.HIDDEN_TESTS).outside)
            cell.source = "\n".join(
                line for line in source.split("\n") if not marks.LOOKS_LIKE_MARK.match(line)
            )
            cell.source = cell.source.rstrip("\n")
    fold_tests(made)
    _drop_metadata(made)
    return made


def welcome(course: Course, language: Language) -> NotebookNode | None:
    """The page that worksheets are opened from, None if the course has none."""
    if course.welcome is None:
        return None
    made = _in_language(course.welcome, language)
    table = listing.table(course.syllabus, language, "{id}/{id}.ipynb")
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = cell.source.replace("{{ sections }}", table)
    _drop_metadata(made)
    return made


def worksheets(course: Course) -> dict[PurePosixPath, bytes]:
    """What nbgrader releases for all sections, in both languages: notebooks and the files beside them."""
    files: dict[PurePosixPath, bytes] = {}
    with tempfile.TemporaryDirectory(prefix="pytorch-learning-") as name:
        folder = Path(name)
        for section in course.sections:
            path = folder / source_path(section.id)
            path.parent.mkdir(parents=True)
            path.write_bytes(to_bytes(nbgrader_source(section)))
            for extra in supplementary_files(course.root, section.id):
                target = path.parent / extra.relative_to(course.root / "source" / section.id)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(extra.read_bytes())
        for language in LANGUAGES:
            for section in course.sections:
                _generate_assignment(folder, section, language)
            release = folder / release_folder(language)
            for path in sorted(release.rglob("*")):
                if path.is_file():
                    files[PurePosixPath(path.relative_to(folder).as_posix())] = path.read_bytes()
    return files


def supplementary_files(root: Path, section_id: str) -> list[Path]:
    """Pictures and data that lie beside a section's notebook and go to students with it."""
    folder = root / "source" / section_id
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix not in (".ipynb", ".pyc")
        and not {".ipynb_checkpoints", "__pycache__"} & set(path.parts)
    )


def texts(course: Course) -> dict[PurePosixPath, bytes]:
    """The syllabus, and the READMEs that have a place for the table of sections."""
    files = {SYLLABUS: syllabus.dumps(course.syllabus).encode()}
    for language, path in READMES.items():
        readme = course.root / path
        if readme.exists():
            link = str(lecture_path("{id}", language))
            updated = listing.insert(
                readme.read_text(encoding="utf-8"), listing.table(course.syllabus, language, link), str(path)
            )
            if updated is not None:
                files[path] = updated.encode()
    return files


def to_bytes(notebook: NotebookNode) -> bytes:
    """A notebook as it stands in a file.  Raises CourseError if Jupyter would reject it."""
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        raise CourseError(f"A generated notebook is invalid, mend its source: {error}") from error
    return (nbformat.writes(notebook, version=4) + "\n").encode()


def _in_language(notebook: NotebookNode, language: Language) -> NotebookNode:
    tags = {other for other in LANGUAGES if other != language}
    made, _ = TagRemovePreprocessor(remove_cell_tags=tags).preprocess(copy.deepcopy(notebook), {})
    return made


def _drop_metadata(notebook: NotebookNode) -> None:
    from pytorch_learning.build.preprocessors import drop_authors_metadata

    drop_authors_metadata(notebook)
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)


def _generate_assignment(folder: Path, section: SourceSection, language: Language) -> None:
    from nbgrader.converters import GenerateAssignment, NbGraderException
    from nbgrader.coursedir import CourseDirectory

    from pytorch_learning.nbgrader_settings import settings

    config = settings(language)
    config.SaveCells.enabled = False
    config.GenerateAssignment.no_database = True
    coursedir = CourseDirectory(config=config, root=str(folder), assignment_id=section.id)
    converter = GenerateAssignment(coursedir=coursedir, config=config)
    converter.log.setLevel(logging.ERROR)
    try:
        converter.start()
    except NbGraderException as error:
        raise CourseError(
            f"{section.file.name}:1: nbgrader cannot make the worksheet: mend what it says above ({error})"
        ) from error
