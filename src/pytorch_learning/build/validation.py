"""What can be wrong with a source, each with its line and what to do about it."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pytorch_learning import patience
from pytorch_learning.build import marks
from pytorch_learning.build.names import clashes
from pytorch_learning.build.percent import LAYOUT_METADATA, Cell, PercentFile, Problem
from pytorch_learning.language import LANGUAGES, Language, Text
from pytorch_learning.syllabus import Exercise, Section

HEADINGS: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"^#+ 练习 (?P<number>\S+) · (?P<title>.+)（(?P<points>\d+) 分）$"),
    "en": re.compile(r"^#+ Exercise (?P<number>\S+) · (?P<title>.+) \((?P<points>\d+) points?\)$"),
}
HEADING_EXAMPLES: dict[Language, str] = {
    "zh": "#### 练习 1.4.1a · 最后一列（2 分）",
    "en": "#### Exercise 1.4.1a · The last column (2 points)",
}
NUMBERED = re.compile(r"^#{2,3} (\d+(?:\.\d+)+) ", re.MULTILINE)
TASK_WORD: dict[Language, str] = {"zh": "练习", "en": "Exercise"}
TOTALS: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"(\d+) 道练习，共 (\d+) 分"),
    "en": re.compile(r"(\d+) exercises?, (\d+) points?"),
}
TOTAL_EXAMPLES: dict[Language, str] = {"zh": "24 道练习，共 60 分", "en": "24 exercises, 60 points"}
# nbval-ignore-output: nbval runs the cell and does not compare what it prints, which depends on the data.
TAGS = frozenset({*LANGUAGES, "exercise", "raises-exception", "nbval-ignore-output"})
METADATA = frozenset({"tags", "nbgrader", patience.METADATA}) | LAYOUT_METADATA
FILTER = "jupytext,-jupytext.text_representation,-kernelspec"


@dataclass
class Task:
    """The cells of one exercise, as far as they are there."""

    zh: Cell
    en: Cell | None
    answers: list[Cell]
    tests: list[Cell]

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody reads the answer and gives it points."""
        return any(cell.is_by_hand for cell in self.answers)


class Validator:
    """Collects the problems of one section."""

    def __init__(self, file: PercentFile, section_id: str) -> None:
        self.file = file
        self.section_id = section_id
        self.problems: list[Problem] = list(file.problems)

    def section(self) -> Section:
        """What the section teaches, as far as it can be told; `problems` is complete after this call."""
        self._check_header()
        for cell in self.file.cells:
            self._check_cell(cell)
        self._check_twins()
        exercises = tuple(self._exercises())
        title = self._title_and_totals(exercises)
        self._check_leaks()
        self._check_names()
        return Section(self.section_id, title, sum(entry.points for entry in exercises), exercises)

    def report(self, cell: Cell, message: str, text: str = "") -> None:
        """Note a problem of a cell, at the line that contains `text`."""
        self.problems.append(Problem(self.file.name, cell.line_of(text) if text else cell.line, message))

    def _check_header(self) -> None:
        wanted = {"formats": f"{self.section_id}//ipynb,py:percent", "notebook_metadata_filter": FILTER}
        if self.file.metadata.get("jupytext") != wanted:
            lines = "\n".join(
                [
                    "# ---",
                    "# jupyter:",
                    "#   jupytext:",
                    *(f"#     {k}: {v}" for k, v in wanted.items()),
                    "# ---",
                ]
            )
            self.problems.append(
                Problem(
                    self.file.name,
                    1,
                    f"the header does not pair this file with its notebook: start the file with\n{lines}",
                )
            )

    def _check_cell(self, cell: Cell) -> None:
        if "incorrectly_encoded_metadata" in cell.node.metadata:
            self.report(
                cell, 'the cell\'s header is no valid JSON: write it like `# %% [markdown] tags=["zh"]`'
            )
            return
        if unknown := sorted(set(cell.node.metadata) - METADATA):
            self.report(
                cell,
                f"the cell's header has {', '.join(unknown)}: only `tags=[...]`, `nbgrader={{...}}` and, for "
                f"a test that takes minutes, `{patience.METADATA}={{...}}` fit",
            )
        for key, kind in (("tags", list), ("nbgrader", dict)):
            if key in cell.node.metadata and not isinstance(cell.node.metadata[key], kind):
                self.report(
                    cell, f"`{key}` in the cell's header is not a {kind.__name__}: write `{key}={kind()}`"
                )
        self._check_patience(cell)
        if unknown := sorted(set(cell.tags) - TAGS):
            self.report(cell, f"unknown tag {', '.join(unknown)}: take one of {', '.join(sorted(TAGS))}")
        if cell.kind == "raw":
            self.report(cell, "a raw cell shows nothing to students: make it a markdown cell")
        if "zh" in cell.tags and "en" in cell.tags:
            self.report(cell, "the cell is tagged zh and en: leave one, or neither in a code cell for both")
        if cell.kind == "markdown" and cell.language is None:
            self.report(cell, "the markdown cell has no language: tag it zh or en, and give it its twin")
        if cell.nbgrader and cell.kind == "code" and cell.language is not None:
            self.report(cell, f"an nbgrader cell is for both languages: drop its tag {cell.language}")
        if cell.nbgrader and cell.kind == "markdown" and not cell.is_by_hand:
            self.report(
                cell,
                'nothing can test a markdown cell: make it one that is graded by hand, with `"grade": true`',
            )
        self._check_nbgrader(cell)
        self._check_marks(cell)

    def _check_patience(self, cell: Cell) -> None:
        given = cell.node.metadata.get(patience.METADATA)
        if given is None:
            return
        seconds = given.get(patience.SECONDS) if isinstance(given, dict) and len(given) == 1 else None
        if not isinstance(seconds, int | float) or seconds <= 0:
            wanted = f'={{"{patience.SECONDS}": 900}}'
            self.report(cell, f"`{patience.METADATA}` is for the time a test takes: write `{wanted}`")
        elif not cell.is_test:
            self.report(cell, "only a test is given time of its own: move it to the test's header")

    def _check_nbgrader(self, cell: Cell) -> None:
        if not cell.nbgrader:
            return
        if not cell.grade_id:
            self.report(cell, "the nbgrader cell has no grade_id: give it one, such as `last_column`")
            return
        # Importing nbgrader takes a second: a source without exercises need not wait for it.
        from nbgrader.nbgraderformat import (
            MetadataValidator,
            SchemaTooNewError,
            SchemaTooOldError,
            ValidationError,
        )

        try:
            MetadataValidator().validate_cell(cell.node)
        except (ValidationError, SchemaTooNewError, SchemaTooOldError) as error:
            reason = str(getattr(error, "message", error)).split("\n", 1)[0]
            self.report(
                cell, f"nbgrader rejects the cell's metadata ({reason}): see an exercise of another section"
            )

    def _check_marks(self, cell: Cell) -> None:
        for line in marks.misspelt(cell.source):
            self.report(cell, f"nbgrader does not know the mark `{line.strip()}`: check its spelling", line)
        for name, allowed, where in (
            (marks.SOLUTION, cell.is_answer, "the answer cell"),
            (marks.HIDDEN_TESTS, cell.is_test, "the test cell"),
        ):
            found = marks.regions(cell.source, name)
            for line, message in found.faults:
                self.report(cell, message, line)
            if found.found and not allowed:
                self.report(cell, f"`BEGIN {name}` outside {where}: move it there", f"BEGIN {name}")

    def _check_twins(self) -> None:
        cells = self.file.cells
        for index, cell in enumerate(cells):
            if cell.language == "zh":
                twin = cells[index + 1] if index + 1 < len(cells) else None
                if twin is None or twin.language != "en" or twin.kind != cell.kind:
                    self.report(
                        cell, "the zh cell has no en twin: put the same cell in English directly below"
                    )
                    continue
                if ("exercise" in cell.tags) != ("exercise" in twin.tags):
                    self.report(twin, "one twin is tagged exercise and the other not: tag both or neither")
                if cell.kind == "markdown" and _heading_levels(cell) != _heading_levels(twin):
                    self.report(
                        twin, "the headings differ in level from the zh twin's: give both the same levels"
                    )
            elif cell.language == "en":
                previous = cells[index - 1] if index else None
                if previous is None or previous.language != "zh" or previous.kind != cell.kind:
                    self.report(
                        cell, "the en cell has no zh twin: put the same cell in Chinese directly above"
                    )

    def _exercises(self) -> Iterator[Exercise]:
        numbers: set[str] = set()
        for task in self._tasks():
            heading = {"zh": self._heading(task.zh, "zh")}
            if task.en is None or heading["zh"] is None:
                continue
            heading["en"] = self._heading(task.en, "en")
            zh, en = heading["zh"], heading["en"]
            if zh is None or en is None:
                continue
            if zh["number"] != en["number"]:
                self.report(
                    task.en,
                    f"exercise {zh['number']} in Chinese is {en['number']} here: give both the same number",
                )
            if zh["number"] in numbers:
                self.report(task.zh, f"there is another exercise {zh['number']} above: number them in order")
            numbers.add(zh["number"])
            subsection = self._subsection_of(task.zh)
            if subsection and zh["number"].rstrip(string.ascii_lowercase) != subsection:
                self.report(
                    task.zh,
                    f"exercise {zh['number']} stands in {subsection}: call it {subsection} or {subsection}a",
                )
            check = self._check_parts_by_hand if task.is_by_hand else self._check_parts
            exercise_id = check(task, int(zh["points"]), int(en["points"]))
            title = Text(zh["title"], en["title"])
            yield Exercise(exercise_id, zh["number"], title, int(zh["points"]), task.is_by_hand)

    def _tasks(self) -> list[Task]:
        """Group the cells of exercises; what stands outside of one is reported."""
        tasks: list[Task] = []
        current: Task | None = None
        for index, cell in enumerate(self.file.cells):
            if cell.kind == "markdown" and cell.language == "zh" and _names_a_task(cell, "zh"):
                twin = self.file.cells[index + 1] if index + 1 < len(self.file.cells) else None
                current = Task(cell, twin if twin is not None and twin.language == "en" else None, [], [])
                tasks.append(current)
                if "exercise" not in cell.tags:
                    self.report(cell, 'the task is not tagged exercise: write tags=["zh", "exercise"]')
            elif cell.is_answer or cell.is_test:
                if current is None:
                    self.report(cell, f"no task stands above: start one with `{HEADING_EXAMPLES['zh']}`")
                elif cell.is_test:
                    current.tests.append(cell)
                else:
                    current.answers.append(cell)
            elif not cell.is_exercise:
                current = None
        return tasks

    def _subsection_of(self, task: Cell) -> str:
        """The number of the last numbered heading above a task, "" if there is none."""
        number = ""
        for cell in self.file.cells:
            if cell.line >= task.line:
                break
            if cell.kind == "markdown":
                number = (NUMBERED.findall(cell.source) or [number])[-1]
        return number

    def _heading(self, cell: Cell, language: Language) -> re.Match[str] | None:
        match = HEADINGS[language].match(cell.source.split("\n", 1)[0].rstrip())
        if match is None:
            self.report(
                cell, f"the task's heading is malformed: write it like `{HEADING_EXAMPLES[language]}`"
            )
        return match

    def _check_parts(self, task: Task, zh_points: int, en_points: int) -> str:
        """The exercise's id, "" if it has no answer cell."""
        if len(task.answers) != 1 or len(task.tests) != 1:
            self.report(
                task.zh,
                f"the exercise has {len(task.answers)} answer and {len(task.tests)} test cells: "
                "give it one of each",
            )
            return task.answers[0].grade_id if task.answers else ""
        answer, test = task.answers[0], task.tests[0]
        self._check_points(task, zh_points, en_points, test)
        if test.line < answer.line:
            self.report(test, "the test cell stands above the answer cell: put it below")
        self._check_solution(answer)
        hidden = marks.regions(test.source, marks.HIDDEN_TESTS)
        if not marks.has_code(hidden.inside):
            self.report(
                test,
                "the test cell has no hidden tests: put some between `### BEGIN HIDDEN TESTS` and "
                "`### END HIDDEN TESTS`",
            )
        if test.grade_id != f"{answer.grade_id}-test":
            self.report(
                test, f"the test cell's grade_id is `{test.grade_id}`: call it `{answer.grade_id}-test`"
            )
        self._check_call(test, answer.grade_id)
        return answer.grade_id

    def _check_parts_by_hand(self, task: Task, zh_points: int, en_points: int) -> str:
        """The exercise's id.  Its answer stands there twice: a text is written in one language."""
        languages = [cell.language for cell in task.answers]
        if languages != list(LANGUAGES) or task.tests:
            self.report(
                task.zh,
                "an exercise that is graded by hand has two markdown cells for the answer, tagged zh and en, "
                "and no test cell: give it these",
            )
        for cell in task.answers:
            self._check_points(task, zh_points, en_points, cell)
            self._check_solution(cell)
            if cell.grade_id != task.answers[0].grade_id:
                self.report(
                    cell, f"the zh twin's grade_id is `{task.answers[0].grade_id}`: give both the same"
                )
        return task.answers[0].grade_id

    def _check_points(self, task: Task, zh_points: int, en_points: int, graded: Cell) -> None:
        points = graded.nbgrader.get("points")
        if not zh_points == en_points == points:
            self.report(
                task.zh,
                f"the exercise has {zh_points} points in Chinese, {en_points} in English "
                f"and {points} in the cell that is graded (line {graded.line}): write the same three times",
            )

    def _check_solution(self, answer: Cell) -> None:
        if not marks.has_code(marks.regions(answer.source, marks.SOLUTION).inside):
            self.report(
                answer,
                "the answer cell has no solution: "
                "put one between `### BEGIN SOLUTION` and `### END SOLUTION`",
            )

    def _check_call(self, test: Cell, exercise_id: str) -> None:
        wanted = f'checks.exercise("{exercise_id}")'
        try:
            tree = ast.parse(test.source)
        except SyntaxError as error:
            self.report(
                test, f"the test cell is not Python ({error.msg}): mend it", (error.text or "").strip()
            )
            return
        calls = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("checks.exercise", "exercise")
        ]
        if not calls:
            self.report(test, f"the test cell does not call its exercise: begin with `{wanted}`")
        for call in calls:
            argument = call.args[0] if call.args else None
            if not (isinstance(argument, ast.Constant) and argument.value == exercise_id):
                self.report(
                    test, f"`{ast.unparse(call)}` is not this exercise: write `{wanted}`", "exercise("
                )
        self._check_partial_credit(test, tree)

    def _check_partial_credit(self, test: Cell, tree: ast.Module) -> None:
        """nbgrader takes a number that the cell ends with for the points."""
        gives = any(isinstance(node, ast.Attribute) and node.attr == "steps" for node in ast.walk(tree))
        last = tree.body[-1] if tree.body else None
        ends = isinstance(last, ast.Expr) and ast.unparse(last) == "score.points"
        if gives and not ends:
            self.report(test, "`score.steps(…)` gives some of the points: end the cell with `score.points`")
        if isinstance(last, ast.Expr) and not ends:
            self.report(
                test,
                f"nbgrader would take the value of `{ast.unparse(last)}` for the points: "
                "end the cell otherwise",
            )

    def _title_and_totals(self, exercises: tuple[Exercise, ...]) -> Text:
        titles: dict[Language, str] = {}
        for language in LANGUAGES:
            first = next(
                (cell for cell in self.file.cells if cell.kind == "markdown" and cell.language == language),
                None,
            )
            if first is None:
                titles[language] = ""
                self.problems.append(
                    Problem(
                        self.file.name,
                        1,
                        f"there is no {language} markdown cell: start with the title in both",
                    )
                )
                continue
            titles[language] = self._title(first)
            self._check_totals(first, language, exercises)
        return Text(**titles)

    def _title(self, cell: Cell) -> str:
        match = re.match(r"# (.+)", cell.source)
        if match is None:
            self.report(cell, "the section does not start with its title: begin this cell with `# 1 …`")
            return ""
        return match[1].strip()

    def _check_totals(self, cell: Cell, language: Language, exercises: tuple[Exercise, ...]) -> None:
        number, points = len(exercises), sum(entry.points for entry in exercises)
        match = TOTALS[language].search(cell.source)
        if match is None:
            self.report(cell, f"the first cell does not state the totals: add `{TOTAL_EXAMPLES[language]}`")
        elif (int(match[1]), int(match[2])) != (number, points):
            self.report(
                cell,
                f"`{match[0]}` is not what follows: there are {number} exercises with {points} points",
                match[0],
            )

    def _check_names(self) -> None:
        for cell, name, other in clashes(self.file.cells):
            self.report(
                cell,
                f"the lesson uses `{name}`, which an exercise binds in line {other.line}: "
                "name it differently there, or bind it here",
                name,
            )

    def _check_leaks(self) -> None:
        solutions = {
            line: cell
            for cell in self.file.cells
            if cell.is_answer and not cell.is_by_hand
            for line in marks.significant(marks.regions(cell.source, marks.SOLUTION).inside)
        }
        for cell in self.file.cells:
            if cell.kind == "code":
                for line in _released_code(cell):
                    owner = solutions.get(" ".join(line.split()))
                    if owner is not None:
                        self.report(
                            cell,
                            f"`{line.strip()}` is also a line of the solution of `{owner.grade_id}`: "
                            "students would see it, so write one of them differently",
                            line.strip(),
                        )
            elif "exercise" in cell.tags:
                for hints in re.findall(r"<details.*?</details>", cell.source, re.DOTALL):
                    text = " ".join(hints.split())
                    for line, owner in solutions.items():
                        if line in text:
                            self.report(
                                cell,
                                f"the hints show `{line}` from the solution of `{owner.grade_id}`: "
                                "name the function instead",
                                line,
                            )


def duplicate_ids(files: Iterable[PercentFile]) -> Iterator[Problem]:
    """Problems with grade ids that two cells share, in one section or in two."""
    seen: dict[str, tuple[PercentFile, Cell]] = {}
    for file in files:
        for cell in file.cells:
            if not cell.grade_id or (cell.is_by_hand and cell.language == LANGUAGES[1]):
                continue
            if cell.grade_id in seen:
                other_file, other = seen[cell.grade_id]
                yield Problem(
                    file.name,
                    cell.line,
                    f"the grade_id `{cell.grade_id}` is taken by {other_file.name}:{other.line}: "
                    "choose another",
                )
            seen.setdefault(cell.grade_id, (file, cell))


def _names_a_task(cell: Cell, language: Language) -> bool:
    first = cell.source.split("\n", 1)[0]
    return ("exercise" in cell.tags and re.match(rf"#+ *{TASK_WORD[language]}", first) is not None) or bool(
        HEADINGS[language].match(first)
    )


def _heading_levels(cell: Cell) -> list[int]:
    text = re.sub(r"^(```|~~~).*?^\1", "", cell.source, flags=re.DOTALL | re.MULTILINE)
    return [len(hashes) for hashes in re.findall(r"^(#{1,6}) ", text, re.MULTILINE)]


def _released_code(cell: Cell) -> tuple[str, ...]:
    name = marks.SOLUTION if cell.is_answer else marks.HIDDEN_TESTS
    return marks.regions(cell.source, name).outside
