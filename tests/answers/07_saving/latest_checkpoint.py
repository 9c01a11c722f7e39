# %% max with a key kind="right"
def latest_checkpoint(folder):
    paths = [p for p in Path(folder).iterdir() if re.fullmatch(r"epoch-\d+\.pt", p.name)]
    return max(paths, key=lambda p: int(p.stem.split("-")[1]), default=None)


# %% glob kind="right"
def latest_checkpoint(folder):
    best, number = None, -1
    for path in Path(folder).glob("epoch-*.pt"):
        middle = path.name[len("epoch-") : -len(".pt")]
        if middle.isdigit() and int(middle) > number:
            best, number = path, int(middle)
    return best


# %% os.listdir kind="right"
def latest_checkpoint(folder):
    numbers = []
    for name in os.listdir(folder):
        match = re.match(r"^epoch-([0-9]+)\.pt$", name)
        if match:
            numbers.append((int(match[1]), name))
    if not numbers:
        return None
    return Path(folder) / max(numbers)[1]


# %% sorted by number kind="right"
def latest_checkpoint(folder):
    found = []
    for path in sorted(Path(folder).iterdir()):
        if path.suffix == ".pt" and path.stem.startswith("epoch-"):
            try:
                found.append((int(path.stem.removeprefix("epoch-")), path))
            except ValueError:
                continue
    found.sort()
    return found[-1][1] if found else None


# %% sorted as text kind="wrong" zh="按文字比较" en="compared as text"
def latest_checkpoint(folder):
    paths = sorted(p for p in Path(folder).iterdir() if re.fullmatch(r"epoch-\d+\.pt", p.name))
    return paths[-1] if paths else None


# %% max of the paths kind="wrong" zh="按文字比较" en="compared as text"
def latest_checkpoint(folder):
    return max(Path(folder).glob("epoch-*.pt"), default=None)


# %% the lowest epoch kind="wrong" zh="比的是轮次" en="compare epochs"
def latest_checkpoint(folder):
    paths = [p for p in Path(folder).iterdir() if re.fullmatch(r"epoch-\d+\.pt", p.name)]
    return min(paths, key=lambda p: int(p.stem.split("-")[1]), default=None)


# %% no thought of an empty folder kind="wrong" zh="一个检查点都没有" en="there may be none"
def latest_checkpoint(folder):
    paths = [p for p in Path(folder).iterdir() if re.fullmatch(r"epoch-\d+\.pt", p.name)]
    return max(paths, key=lambda p: int(p.stem.split("-")[1]))


# %% takes every number for an epoch kind="wrong" zh="有的文件不是检查点" en="some files are no checkpoints"
def latest_checkpoint(folder):
    paths = list(Path(folder).iterdir())
    return max(paths, key=lambda p: int(p.stem.split("-")[1]), default=None)


# %% search instead of fullmatch kind="wrong" zh="整个名字都要对" en="the whole name has to match"
def latest_checkpoint(folder):
    found = {}
    for path in Path(folder).iterdir():
        match = re.search(r"epoch-(\d+)\.pt", path.name)
        if match:
            found[int(match.group(1))] = path
    return found[max(found)] if found else None


# %% match instead of fullmatch kind="wrong" zh="整个名字都要对" en="the whole name has to match"
def latest_checkpoint(folder):
    found = {}
    for path in Path(folder).iterdir():
        match = re.match(r"epoch-(\d+)\.pt", path.name)
        if match:
            found[int(match.group(1))] = path
    return found[max(found)] if found else None


# %% a dot that is not escaped kind="wrong" zh="整个名字都要对" en="the whole name has to match"
def latest_checkpoint(folder):
    found = {}
    for path in Path(folder).iterdir():
        match = re.fullmatch(r"epoch-(\d+).pt", path.name)
        if match:
            found[int(match.group(1))] = path
    return found[max(found)] if found else None


# %% the name alone kind="wrong" zh="要 `Path`" en="a `Path` is wanted"
def latest_checkpoint(folder):
    paths = [p for p in Path(folder).iterdir() if re.fullmatch(r"epoch-\d+\.pt", p.name)]
    return max(paths, key=lambda p: int(p.stem.split("-")[1])).name if paths else None


# %% a path without its folder kind="wrong" zh="带着文件夹" en="include its folder"
def latest_checkpoint(folder):
    names = [n for n in os.listdir(folder) if re.fullmatch(r"epoch-\d+\.pt", n)]
    return Path(max(names, key=lambda n: int(n[6:-3]))) if names else None


# %% returns the number kind="wrong" zh="要 `Path`" en="a `Path` is wanted"
def latest_checkpoint(folder):
    numbers = [int(p.name[6:-3]) for p in Path(folder).iterdir() if re.fullmatch(r"epoch-\d+\.pt", p.name)]
    return max(numbers, default=None)


# %% one digit kind="wrong" zh="按文字比较" en="compared as text"
def latest_checkpoint(folder):
    paths = [p for p in Path(folder).iterdir() if re.fullmatch(r"epoch-\d\.pt", p.name)]
    return max(paths, default=None)


# %% the newest file kind="wrong" zh="比的是轮次" en="compare epochs"
def latest_checkpoint(folder):
    paths = [p for p in Path(folder).iterdir() if re.fullmatch(r"epoch-\d+\.pt", p.name)]
    return max(paths, key=os.path.getmtime, default=None)


# %% matches the path kind="wrong" zh="用 `Path` 的 `.name`" en="the `.name` of the `Path`"
def latest_checkpoint(folder):
    best, found = -1, None
    for p in Path(folder).iterdir():
        m = re.fullmatch(r"epoch-(\d+)\.pt", p)
        if m and int(m.group(1)) > best:
            best, found = int(m.group(1)), p
    return found


# %% only for Path kind="wrong" zh="`folder` 可能是 `str`" en="`folder` may be a `str`"
def latest_checkpoint(folder):
    best, found = -1, None
    for p in folder.iterdir():
        m = re.fullmatch(r"epoch-(\d+)\.pt", p.name)
        if m and int(m.group(1)) > best:
            best, found = int(m.group(1)), p
    return found


# %% names of os.listdir as paths kind="wrong" zh="`os.listdir` 给出名字" en="`os.listdir` gives names"
def latest_checkpoint(folder):
    found = [entry for entry in os.listdir(folder) if re.fullmatch(r"epoch-(\d+)\.pt", entry.name)]
    return max(found, key=lambda entry: int(entry.stem[6:]), default=None)
