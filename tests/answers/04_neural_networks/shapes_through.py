# %% by index kind="right"
def shapes_through(layers, x):
    shapes = []
    for i in range(len(layers)):
        x = layers[i](x)
        shapes.append(x.shape)
    return shapes


# %% slices from the start kind="right"
def shapes_through(layers, x):
    return [tuple(layers[: k + 1](x).shape) for k in range(len(layers))]


# %% hooks kind="right"
def shapes_through(layers, x):
    shapes = []
    hooks = [m.register_forward_hook(lambda m, i, o: shapes.append(tuple(o.size()))) for m in layers]
    layers(x)
    for hook in hooks:
        hook.remove()
    return shapes


# %% recursion kind="right"
def shapes_through(layers, x):
    if len(layers) == 0:
        return []
    y = layers[0](x)
    return [tuple(y.shape), *shapes_through(layers[1:], y)]


# %% begins with the input kind="wrong" zh="输入 `x` 的" en="of the input `x`"
def shapes_through(layers, x):
    shapes = [tuple(x.shape)]
    for layer in layers:
        x = layer(x)
        shapes.append(tuple(x.shape))
    return shapes


# %% notes before the layer kind="wrong" zh="早了一步" en="one step early"
def shapes_through(layers, x):
    shapes = []
    for layer in layers:
        shapes.append(tuple(x.shape))
        x = layer(x)
    return shapes


# %% only the last kind="wrong" zh="最后的形状" en="last shape alone"
def shapes_through(layers, x):
    for layer in layers:
        x = layer(x)
    return [tuple(x.shape)]


# %% each layer takes x kind="wrong" zh="`in_features`" en="`in_features`"
def shapes_through(layers, x):
    return [tuple(layer(x).shape) for layer in layers]


# %% all modules kind="wrong" zh="代码出错了" en="your code stopped"
def shapes_through(layers, x):
    shapes = []
    for layer in layers.modules():
        x = layer(x)
        shapes.append(tuple(x.shape))
    return shapes


# %% tensors kind="wrong" zh="写成元组" en="as a tuple"
def shapes_through(layers, x):
    found = []
    for layer in layers:
        x = layer(x)
        found.append(x)
    return found


# %% numbers of elements kind="wrong" zh="元素的个数" en="numbers of elements"
def shapes_through(layers, x):
    found = []
    for layer in layers:
        x = layer(x)
        found.append(x.numel())
    return found


# %% adds the sizes one by one kind="wrong" zh="`append(tuple(x.shape))`" en="`append(tuple(x.shape))`"
def shapes_through(layers, x):
    shapes = []
    for layer in layers:
        x = layer(x)
        shapes += tuple(x.shape)
    return shapes


# %% returns inside the loop kind="wrong" zh="循环之后" en="after the loop"
def shapes_through(layers, x):
    shapes = []
    for layer in layers:
        x = layer(x)
        shapes.append(tuple(x.shape))
        return shapes


# %% shapes of the weights kind="wrong" zh="不是每个模块都有 `weight`" en="not every module has a `weight`"
def shapes_through(layers, x):
    return [tuple(layer.weight.shape) for layer in layers]
