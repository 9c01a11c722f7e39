# %% pathlib alone kind="right"
def save_atomically(value, path):
    path = Path(path)
    temporary = path.parent / f".{path.name}.tmp"
    try:
        torch.save(value, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


# %% temporary file with a name of its own kind="right"
def save_atomically(value, path):
    folder = os.path.dirname(os.path.abspath(path))
    handle, name = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            torch.save(value, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.remove(name)
        raise


# %% bytes first kind="right"
import io


def save_atomically(value, path):
    memory = io.BytesIO()
    torch.save(value, memory)
    beside = str(path) + "~"
    try:
        with open(beside, "wb") as file:
            file.write(memory.getvalue())
        os.rename(beside, str(path))
    except OSError:
        os.unlink(beside)
        raise


# %% temporary folder inside the folder kind="right"
def save_atomically(value, path):
    path = Path(path)
    with tempfile.TemporaryDirectory(dir=path.parent) as place:
        part = Path(place) / "part"
        torch.save(value, part)
        os.replace(part, path)


# %% else branch kind="right"
import shutil


def save_atomically(value, path):
    beside = os.fspath(path) + ".part"
    try:
        torch.save(value, beside)
    except BaseException:
        if os.path.exists(beside):
            os.remove(beside)
        raise
    else:
        shutil.move(beside, path)


# %% straight onto the file kind="wrong" zh="直接写进了旧文件" en="writes into the old file"
def save_atomically(value, path):
    torch.save(value, path)


# %% bytes first but onto the file kind="wrong" zh="直接写进了旧文件" en="writes into the old file"
import io


def save_atomically(value, path):
    memory = io.BytesIO()
    torch.save(value, memory)
    Path(path).write_bytes(memory.getvalue())


# %% backup and restore kind="wrong" zh="直接写进了旧文件" en="writes into the old file"
import shutil


def save_atomically(value, path):
    path = Path(path)
    backup = path.with_name(path.name + ".bak")
    had = path.exists()
    if had:
        shutil.copy(path, backup)
    try:
        torch.save(value, path)
    except BaseException:
        path.unlink(missing_ok=True)
        if had:
            os.replace(backup, path)
        raise
    backup.unlink(missing_ok=True)


# %% copies instead of renaming kind="wrong" zh="直接写进了旧文件" en="writes into the old file"
import shutil


def save_atomically(value, path):
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        torch.save(value, part)
        shutil.copyfile(part, path)
    finally:
        part.unlink(missing_ok=True)


# %% deletes the old one first kind="wrong" zh="不要先删旧文件" en="don't delete the old one"
def save_atomically(value, path):
    path = Path(path)
    part = path.with_name(path.name + ".part")
    path.unlink(missing_ok=True)
    try:
        torch.save(value, part)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


# %% deletes just before renaming kind="wrong" zh="不要先删旧文件" en="don't delete the old one"
def save_atomically(value, path):
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        torch.save(value, part)
        if path.exists():
            os.remove(path)
        os.rename(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


# %% moves the old one away first kind="wrong" zh="什么文件也没有" en="no file at `path`"
def save_atomically(value, path):
    path = Path(path)
    backup = path.with_name(path.name + ".bak")
    had = path.exists()
    if had:
        os.replace(path, backup)
    try:
        torch.save(value, path)
    except BaseException:
        path.unlink(missing_ok=True)
        if had:
            os.replace(backup, path)
        raise
    backup.unlink(missing_ok=True)


# %% leaves the half file behind kind="wrong" zh="出了错要删掉" en="after an error, deleted"
def save_atomically(value, path):
    path = Path(path)
    part = path.with_name(path.name + ".part")
    torch.save(value, part)
    os.replace(part, path)


# %% copies and forgets the other kind="wrong" zh="文件夹里多出了" en="is left in the folder"
def save_atomically(value, path):
    path = Path(path)
    part = path.with_name(path.name + ".part")
    torch.save(value, part)
    os.link(part, path) if not path.exists() else os.replace(part, path)


# %% swallows the error kind="wrong" zh="再 `raise`" en="`raise` it again"
def save_atomically(value, path):
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        torch.save(value, part)
        os.replace(part, path)
    except Exception:
        part.unlink(missing_ok=True)


# %% in the system's folder kind="wrong" zh="放在 `path` 旁边" en="put it beside `path`"
def save_atomically(value, path):
    handle, name = tempfile.mkstemp()
    os.close(handle)
    try:
        torch.save(value, name)
        os.replace(name, path)
    except BaseException:
        os.remove(name)
        raise


# %% replaces in any case kind="wrong" zh="写完整了才能" en="comes only when all is written"
def save_atomically(value, path):
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        torch.save(value, part)
    finally:
        os.replace(part, path)


# %% only for Path kind="wrong" zh="`path` 可能是 `str`" en="`path` may be a `str`"
def save_atomically(value, path):
    part = path.with_name(path.name + ".part")
    try:
        torch.save(value, part)
        os.replace(part, path)
    except RuntimeError:
        part.unlink(missing_ok=True)
        raise


# %% only for str kind="wrong" zh="`path` 可能是 `str`" en="`path` may be a `str`"
def save_atomically(value, path):
    part = path + ".part"
    try:
        torch.save(value, part)
        os.replace(part, path)
    except RuntimeError:
        os.remove(part)
        raise


# %% a different name kind="wrong" zh="`path` 上没有文件" en="no file at `path`"
def save_atomically(value, path):
    path = Path(path)
    torch.save(value, path.with_suffix(".part"))
    os.replace(path.with_suffix(".part"), path.with_suffix(".saved"))


# %% a named temporary file kind="right"
def save_atomically(value, path):
    path = Path(path)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            torch.save(value, file)
        except BaseException:
            os.unlink(file.name)
            raise
    os.replace(file.name, path)


# %% writes the old bytes back kind="wrong" zh="直接写进了旧文件" en="writes into the old file"
def save_atomically(value, path):
    path = Path(path)
    old = path.read_bytes() if path.exists() else None
    try:
        torch.save(value, path)
    except Exception:
        if old is None:
            path.unlink()
        else:
            path.write_bytes(old)
        raise


# %% cleans up after one kind of error kind="wrong" zh="不管什么错" en="whatever the error"
def save_atomically(value, path):
    path = Path(path)
    beside = path.with_name(path.name + ".part")
    try:
        torch.save(value, beside)
        os.replace(beside, path)
    except RuntimeError:
        beside.unlink(missing_ok=True)
        raise


# %% raises an error of its own kind="wrong" zh="后面什么也不写" en="a bare `raise`"
def save_atomically(value, path):
    path = Path(path)
    beside = path.with_name(path.name + ".part")
    try:
        torch.save(value, beside)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise ValueError("could not save")


# %% a name with its folder kind="wrong" zh="从 `path.name` 出发" en="begin with `path.name`"
def save_atomically(value, path):
    path = Path(path)
    beside = path.with_name(str(path) + ".part")
    try:
        torch.save(value, beside)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


# %% never renames kind="wrong" zh="写完以后要 `os.replace" en="when all is written comes `os.replace"
def save_atomically(value, path):
    path = Path(path)
    beside = path.with_name(path.name + ".part")
    try:
        torch.save(value, beside)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
