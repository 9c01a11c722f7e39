# %% the default kind="right"
def read_weights(path):
    try:
        return torch.load(path)
    except pickle.UnpicklingError:
        raise ValueError(f"unsafe file") from None


# %% checks first kind="right"
def read_weights(path):
    if torch.serialization.get_unsafe_globals_in_checkpoint(path):
        raise ValueError("code")
    return torch.load(Path(path), weights_only=True, map_location="cpu")


# %% the base class of the error kind="right"
def read_weights(path):
    result = None
    try:
        result = torch.load(path, weights_only=True)
    except pickle.PickleError as error:
        raise ValueError(str(error))
    else:
        return result


# %% an exception of its own kind="right"
class UnsafeFile(ValueError):
    pass


def read_weights(path):
    with open(path, "rb") as file:
        try:
            return torch.load(file, weights_only=True)
        except pickle.UnpicklingError as error:
            raise UnsafeFile() from error


# %% weights_only off kind="wrong" zh="`weights_only=False`" en="`weights_only=False`"
def read_weights(path):
    return torch.load(path, weights_only=False)


# %% follows the message's advice kind="wrong" zh="`weights_only=False`" en="`weights_only=False`"
def read_weights(path):
    try:
        return torch.load(path, weights_only=True)
    except pickle.UnpicklingError:
        return torch.load(path, weights_only=False)


# %% runs it and then complains kind="wrong" zh="`weights_only=False`" en="`weights_only=False`"
def read_weights(path):
    content = torch.load(path, weights_only=False)
    if not isinstance(content, dict) or not all(isinstance(v, torch.Tensor) for v in content.values()):
        raise ValueError("unsafe")
    return content


# %% lets the error through kind="wrong" zh="换成 `ValueError`" en="raise `ValueError` instead"
def read_weights(path):
    return torch.load(path, weights_only=True)


# %% catches everything kind="wrong" zh="捕获得太多了" en="catches too much"
def read_weights(path):
    try:
        return torch.load(path, weights_only=True)
    except Exception as error:
        raise ValueError("unsafe") from error


# %% returns the exception kind="wrong" zh="不是返回或打印它" en="don't return or print it"
def read_weights(path):
    try:
        return torch.load(path, weights_only=True)
    except pickle.UnpicklingError:
        return ValueError("unsafe")


# %% prints kind="wrong" zh="不是返回或打印它" en="don't return or print it"
def read_weights(path):
    try:
        return torch.load(path, weights_only=True)
    except pickle.UnpicklingError:
        print("unsafe")


# %% forgets to return kind="wrong" zh="忘了 `return`" en="forget `return`"
def read_weights(path):
    try:
        content = torch.load(path, weights_only=True)
    except pickle.UnpicklingError:
        raise ValueError("unsafe")


# %% catches the wrong one kind="wrong" zh="换成 `ValueError`" en="raise `ValueError` instead"
def read_weights(path):
    try:
        return torch.load(path, weights_only=True)
    except RuntimeError:
        raise ValueError("unsafe")


# %% swallows a missing file kind="wrong" zh="什么也没抛出" en="raised nothing"
def read_weights(path):
    if not os.path.exists(path):
        return None
    try:
        return torch.load(path, weights_only=True)
    except pickle.UnpicklingError:
        raise ValueError("unsafe")


# %% half the exception's name kind="wrong" zh="名字要写全" en="full name"
def read_weights(path):
    try:
        return torch.load(path, weights_only=True)
    except UnpicklingError:
        raise ValueError("code in the file")
