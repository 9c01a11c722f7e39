# %% split kind="right"
def read_annotations(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, label = line.strip().split(",")
            found.append((name, int(label)))
    return found


# %% csv module kind="right"
import csv


def read_annotations(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [(name, int(label)) for name, label in csv.reader(file, skipinitialspace=True)]


# %% pandas and zip kind="right"
def read_annotations(path):
    table = pd.read_csv(path, header=None, names=["file", "label"], skipinitialspace=True)
    return list(zip(table["file"], table["label"]))


# %% pandas row by row kind="right"
def read_annotations(path):
    table = pd.read_csv(path, header=None)
    return [(table.iloc[i, 0], int(table.iloc[i, 1])) for i in range(len(table))]


# %% pandas itertuples kind="right"
def read_annotations(path):
    return list(pd.read_csv(path, header=None).itertuples(index=False, name=None))


# %% Path and partition kind="right"
def read_annotations(path):
    found = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        name, _, label = line.partition(",")
        found.append((name, int(label.strip())))
    return found


# %% regular expression kind="right"
import re


def read_annotations(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return [(name, int(label)) for name, label in re.findall(r"^(.*?), *(\d+)$", text, flags=re.MULTILINE)]


# %% a named tuple kind="right"
from typing import NamedTuple


class Annotation(NamedTuple):
    name: str
    label: int


def read_annotations(path):
    with open(path, encoding="utf-8") as file:
        parts = [line.rsplit(",", 1) for line in file]
    return [Annotation(name, int(label)) for name, label in parts]


# %% first line is a heading kind="wrong" zh="header=None" en="header=None"
def read_annotations(path):
    table = pd.read_csv(path, names=None)
    return [(table.iloc[i, 0], int(table.iloc[i, 1])) for i in range(len(table))]


# %% skips a line kind="wrong" zh="不是标题" en="not headings"
def read_annotations(path):
    with open(path, encoding="utf-8") as file:
        next(file)
        return [(line.split(",")[0], int(line.split(",")[1])) for line in file]


# %% labels are text kind="wrong" zh="还是文字" en="still text"
def read_annotations(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, label = line.split(",")
            found.append((name, label.strip()))
    return found


# %% labels with blank and newline kind="wrong" zh="还是文字" en="still text"
def read_annotations(path):
    with open(path, encoding="utf-8") as file:
        return [tuple(line.split(",")) for line in file]


# %% NumPy integers kind="wrong" zh="NumPy 的整数" en="NumPy's integers"
def read_annotations(path):
    table = pd.read_csv(path, header=None)
    return [(table.iloc[i, 0], table.iloc[i, 1]) for i in range(len(table))]


# %% lists instead of tuples kind="wrong" zh="tuple(…)" en="tuple(…)"
def read_annotations(path):
    return pd.read_csv(path, header=None).values.tolist()


# %% drops all blanks kind="wrong" zh="原样保留" en="keep it"
def read_annotations(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, label = line.replace(" ", "").split(",")
            found.append((name, int(label)))
    return found


# %% cuts at blanks kind="wrong" zh="只在逗号处" en="comma only"
def read_annotations(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, label = line.split()
            found.append((name.rstrip(","), int(label)))
    return found


# %% wants comma and blank kind="wrong" zh="可能没有空格" en="no space or several"
def read_annotations(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, label = line.split(", ")
            found.append((name, int(label)))
    return found


# %% pandas with comma and blank kind="wrong" zh="可能没有空格" en="no space or several"
def read_annotations(path):
    table = pd.read_csv(path, header=None, sep=", ", engine="python")
    return list(zip(table[0], table[1]))


# %% dictionary kind="wrong" zh="不是字典" en="not a dictionary"
def read_annotations(path):
    found = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, label = line.split(",")
            found[name] = int(label)
    return found


# %% through a dictionary kind="wrong" zh="元素个数不对" en="number of items"
def read_annotations(path):
    found = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, label = line.split(",")
            found[name] = int(label)
    return list(found.items())


# %% two columns kind="wrong" zh="不是两列" en="not two columns"
def read_annotations(path):
    table = pd.read_csv(path, header=None)
    return table[0].tolist(), table[1].tolist()


# %% label first kind="wrong" zh="先文件名" en="name comes first"
def read_annotations(path):
    with open(path, encoding="utf-8") as file:
        return [(int(line.split(",")[1]), line.split(",")[0]) for line in file]


# %% sorted kind="wrong" zh="不要排序" en="don't sort"
def read_annotations(path):
    with open(path, encoding="utf-8") as file:
        return sorted((line.split(",")[0], int(line.split(",")[1])) for line in file)


# %% drops what looks like a newline kind="wrong" zh="只在逗号处" en="comma only"
def read_annotations(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, label = line[:-1].split(",")
            found.append((name, int(label)))
    return found


# %% zip is not a list kind="wrong" zh="list(…)" en="list(…)"
def read_annotations(path):
    table = pd.read_csv(path, header=None)
    return zip(table[0], table[1])


# %% ASCII kind="wrong" zh="utf-8" en="utf-8"
def read_annotations(path):
    with open(path, encoding="ascii") as file:
        return [(line.split(",")[0], int(line.split(",")[1])) for line in file]


# %% needs a Path kind="wrong" zh="两种都认" en="take both"
def read_annotations(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(line.split(",")[0], int(line.split(",")[1])) for line in lines]


# %% fixed file kind="wrong" zh="不要写死" en="not a fixed name"
def read_annotations(path):
    with open("labels.csv", encoding="utf-8") as file:
        return [(line.split(",")[0], int(line.split(",")[1])) for line in file]


# %% returns the table kind="wrong" zh="DataFrame" en="DataFrame"
def read_annotations(path):
    return pd.read_csv(path, header=None, skipinitialspace=True)


# %% returns after the first line kind="wrong" zh="`return`" en="`return`"
def read_annotations(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, label = line.split(",")
            found.append((name, int(label)))
            return found


# %% takes the headings for columns kind="wrong" zh="把第一行当成了标题" en="take the first line for headings"
def read_annotations(path):
    table = pd.read_csv(path)
    return [(name, int(label)) for name, label in zip(table[0], table[1])]


# %% keeps the last line only kind="wrong" zh="只有最后一行" en="the last line alone"
def read_annotations(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, label = line.split(",")
    return (name, int(label))


# %% loose items kind="wrong" zh="散开了" en="loose"
def read_annotations(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, label = line.split(",")
            found += (name, int(label))
    return found


# %% cuts the text at newlines kind="wrong" zh="splitlines()" en="splitlines()"
def read_annotations(path):
    found = []
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        name, label = line.split(",")
        found.append((name, int(label)))
    return found


# %% the file of the lesson kind="wrong" zh="正文里的" en="of the lesson"
annotations_file = StringIO("garment00.png, 9\ngarment01.png, 0\n")


def read_annotations(path):
    table = pd.read_csv(annotations_file, header=None)
    return [(name, int(label)) for name, label in table.itertuples(index=False)]
