# %% copies tensor by tensor kind="right"
def load_matching(model, state):
    left = []
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if name in state and state[name].shape == tensor.shape:
                tensor.copy_(state[name])
            else:
                left.append(name)
    return left


# %% fills up and loads strictly kind="right"
def load_matching(model, state):
    own = model.state_dict()
    names = [k for k in own if k in state and own[k].size() == state[k].size()]
    merged = {k: (state[k] if k in names else own[k]) for k in own}
    model.load_state_dict(merged)
    return [k for k in own if k not in names]


# %% missing_keys kind="right"
def load_matching(model, state):
    own = model.state_dict()
    fitting = {k: v for k, v in state.items() if k in own and tuple(v.shape) == tuple(own[k].shape)}
    return list(model.load_state_dict(fitting, strict=False).missing_keys)


# %% get with a default kind="right"
def load_matching(model, state):
    own = copy.deepcopy(model.state_dict())
    left = []
    for name in own:
        given = state.get(name)
        if given is not None and given.shape == own[name].shape:
            own[name] = given
        else:
            left.append(name)
    model.load_state_dict(own)
    return left


# %% merely not strict kind="wrong" zh="先把它们去掉" en="leave these out beforehand"
def load_matching(model, state):
    return model.load_state_dict(state, strict=False).missing_keys


# %% name alone kind="wrong" zh="先把它们去掉" en="leave these out beforehand"
def load_matching(model, state):
    own = model.state_dict()
    fitting = {k: v for k, v in state.items() if k in own}
    model.load_state_dict(fitting, strict=False)
    return [k for k in own if k not in fitting]


# %% missing names only kind="wrong" zh="形状不同的也没有装到" en="another shape were not loaded either"
def load_matching(model, state):
    own = model.state_dict()
    fitting = {k: v for k, v in state.items() if k in own and v.shape == own[k].shape}
    model.load_state_dict(fitting, strict=False)
    return [k for k in own if k not in state]


# %% returns what was loaded kind="wrong" zh="这些是装到的" en="these were loaded"
def load_matching(model, state):
    own = model.state_dict()
    fitting = {k: v for k, v in state.items() if k in own and v.shape == own[k].shape}
    model.load_state_dict(fitting, strict=False)
    return [k for k in own if k in fitting]


# %% returns what was of no use kind="wrong" zh="没用上的" en="of no use"
def load_matching(model, state):
    own = model.state_dict()
    fitting = {k: v for k, v in state.items() if k in own and v.shape == own[k].shape}
    model.load_state_dict(fitting, strict=False)
    return [k for k in state if k not in fitting]


# %% any order kind="wrong" zh="顺序" en="the order is that of"
def load_matching(model, state):
    own = model.state_dict()
    fitting = {k: v for k, v in state.items() if k in own and v.shape == own[k].shape}
    model.load_state_dict(fitting, strict=False)
    return sorted(set(own) - set(fitting), reverse=True)


# %% a set kind="wrong" zh="类型" en="type"
def load_matching(model, state):
    own = model.state_dict()
    fitting = {k: v for k, v in state.items() if k in own and v.shape == own[k].shape}
    model.load_state_dict(fitting, strict=False)
    return set(own) - set(fitting)


# %% same number of elements kind="wrong" zh="先把它们去掉" en="leave these out beforehand"
def load_matching(model, state):
    own = model.state_dict()
    fitting = {k: v for k, v in state.items() if k in own and v.numel() == own[k].numel()}
    model.load_state_dict({k: v.reshape(v.shape) for k, v in fitting.items()}, strict=False)
    return [k for k in own if k not in fitting]


# %% reshapes to fit kind="wrong" zh="形状不同的也没有装到" en="those of another shape were not loaded either"
def load_matching(model, state):
    own = model.state_dict()
    fitting = {k: v.reshape(own[k].shape) for k, v in state.items() if k in own and v.numel() == own[k].numel()}
    model.load_state_dict(fitting, strict=False)
    return [k for k in own if k not in fitting]


# %% parameters only kind="wrong" zh="却没有装进模型" en="yet is not in the model"
def load_matching(model, state):
    left = []
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name in state and state[name].shape == parameter.shape:
                parameter.copy_(state[name])
            else:
                left.append(name)
    return left


# %% whatever can be copied kind="wrong" zh="形状不同的也没有装到" en="those of another shape were not loaded either"
def load_matching(model, state):
    left = []
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            try:
                tensor.copy_(state[name])
            except (KeyError, RuntimeError):
                left.append(name)
    return left


# %% deletes from the state kind="wrong" zh="`state` 被改动了" en="`state` was changed"
def load_matching(model, state):
    own = model.state_dict()
    for name in list(state):
        if name not in own or own[name].shape != state[name].shape:
            del state[name]
    model.load_state_dict(state, strict=False)
    return [k for k in own if k not in state]


# %% assigns kind="wrong" zh="`assign=True`" en="`assign=True`"
def load_matching(model, state):
    own = model.state_dict()
    fitting = {k: v for k, v in state.items() if k in own and v.shape == own[k].shape}
    model.load_state_dict(fitting, strict=False, assign=True)
    return [k for k in own if k not in fitting]


# %% picks but does not load kind="wrong" zh="却没有装进模型" en="yet is not in the model"
def load_matching(model, state):
    own = model.state_dict()
    fitting = {k: v for k, v in state.items() if k in own and v.shape == own[k].shape}
    own.update(fitting)
    return [k for k in own if k not in fitting]


# %% asks for the shape first kind="wrong" zh="KeyError" en="KeyError"
def load_matching(model, state):
    own = model.state_dict()
    fitting = {k: v for k, v in state.items() if own[k].shape == v.shape}
    model.load_state_dict(fitting, strict=False)
    return [k for k in own if k not in fitting]


# %% compares shapes first kind="wrong" zh="先问 `name in …`" en="ask `name in …`"
def load_matching(model, state):
    own = model.state_dict()
    fits = {n: t for n, t in state.items() if own[n].shape == t.shape}
    model.load_state_dict(fits, strict=False)
    return [n for n in own if n not in fits]


# %% loads a part strictly kind="wrong" zh="写 `strict=False`" en="add `strict=False`"
def load_matching(model, state):
    own = model.state_dict()
    fits = {n: t for n, t in state.items() if n in own and own[n].shape == t.shape}
    model.load_state_dict(fits)
    return [n for n in own if n not in fits]


# %% returns both lists kind="wrong" zh="`.missing_keys`" en="`.missing_keys`"
def load_matching(model, state):
    own = model.state_dict()
    fits = {n: t for n, t in state.items() if n in own and own[n].shape == t.shape}
    return model.load_state_dict(fits, strict=False)


# %% forgets to return kind="wrong" zh="忘了 `return`" en="forget `return`"
def load_matching(model, state):
    own = model.state_dict()
    fits = {n: t for n, t in state.items() if n in own and own[n].shape == t.shape}
    model.load_state_dict(fits, strict=False)


# %% deletes while looping kind="wrong" zh="放进新的字典" en="pick into a new dict"
def load_matching(model, state):
    own = model.state_dict()
    for name in state:
        if name not in own or own[name].shape != state[name].shape:
            del state[name]
    model.load_state_dict(state, strict=False)
    return [name for name in own if name not in state]
