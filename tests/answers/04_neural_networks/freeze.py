# %% submodule kind="right"
def freeze(model, prefix):
    part = model.get_submodule(prefix)
    part.requires_grad_(False)
    return sum(p.numel() for p in part.parameters())


# %% walks down the attributes kind="right"
def freeze(model, prefix):
    part = model
    for step in prefix.split("."):
        part = getattr(part, step)
    total = 0
    for p in part.parameters():
        p.requires_grad_(False)
        total += p.numel()
    return total


# %% compares the parts of the name kind="right"
def freeze(model, prefix):
    wanted = prefix.split(".")
    total = 0
    for name, p in model.named_parameters():
        if name.split(".")[: len(wanted)] == wanted and len(name.split(".")) > len(wanted):
            p.requires_grad = False
            total += p.numel()
    return total


# %% named modules kind="right"
def freeze(model, prefix):
    part = dict(model.named_modules())[prefix]
    return sum(p.requires_grad_(False).numel() for p in part.parameters())


# %% no dot kind="wrong" zh="别的模块" en="other modules"
def freeze(model, prefix):
    total = 0
    for name, p in model.named_parameters():
        if name.startswith(prefix):
            p.requires_grad = False
            total += p.numel()
    return total


# %% anywhere in the name kind="wrong" zh="别的模块" en="other modules"
def freeze(model, prefix):
    total = 0
    for name, p in model.named_parameters():
        if prefix + "." in name:
            p.requires_grad = False
            total += p.numel()
    return total


# %% counts tensors kind="wrong" zh="张量的个数" en="how many tensors"
def freeze(model, prefix):
    chosen = [p for name, p in model.named_parameters() if name.startswith(prefix + ".")]
    for p in chosen:
        p.requires_grad = False
    return len(chosen)


# %% an attribute of the module kind="wrong" zh="每个**参数**" en="of each *parameter*"
def freeze(model, prefix):
    part = model.get_submodule(prefix)
    part.requires_grad = False
    return sum(p.numel() for p in part.parameters())


# %% misspelt kind="wrong" zh="拼对" en="spelling"
def freeze(model, prefix):
    total = 0
    for name, p in model.named_parameters():
        if name.startswith(prefix + "."):
            p.require_grad = False
            total += p.numel()
    return total


# %% freezes all kind="wrong" zh="别的模块" en="other modules"
def freeze(model, prefix):
    model.requires_grad_(False)
    return sum(p.numel() for p in model.get_submodule(prefix).parameters())


# %% counts the newly frozen kind="wrong" zh="本来就冻结的也要数" en="before count too"
def freeze(model, prefix):
    total = 0
    for p in model.get_submodule(prefix).parameters():
        if p.requires_grad:
            p.requires_grad = False
            total += p.numel()
    return total


# %% eval mode too kind="wrong" zh="只改 `requires_grad`" en="change `requires_grad` and nothing else"
def freeze(model, prefix):
    part = model.get_submodule(prefix).eval()
    part.requires_grad_(False)
    return sum(p.numel() for p in part.parameters())


# %% direct parameters only kind="wrong" zh="更深处" en="deeper inside"
def freeze(model, prefix):
    total = 0
    for p in model.get_submodule(prefix).parameters():
        if p.ndim > 1:
            p.requires_grad = False
            total += p.numel()
    return total


# %% prefix as an attribute kind="wrong" zh="一串名字" en="a path of names"
def freeze(model, prefix):
    model.prefix.requires_grad_(False)
    return sum(p.numel() for p in model.prefix.parameters())


# %% getattr goes one step kind="wrong" zh="一串名字" en="a path of names"
def freeze(model, prefix):
    module = getattr(model, prefix).requires_grad_(False)
    return sum(p.numel() for p in module.parameters())


# %% prefix as an index kind="wrong" zh="一串名字" en="a path of names"
def freeze(model, prefix):
    module = model[prefix].requires_grad_(False)
    return sum(p.numel() for p in module.parameters())
