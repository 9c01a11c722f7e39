# %% kaiming_normal_ kind="right"
def initialise(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
            if m.bias is not None:
                nn.init.zeros_(m.bias)


# %% apply kind="right"
def initialise(model):
    def start(m):
        if type(m) is nn.Linear:
            with torch.no_grad():
                m.weight.normal_(0, (2 / m.weight.shape[1]) ** 0.5)
                if m.bias is not None:
                    m.bias.fill_(0)

    return model.apply(start)


# %% randn copied in kind="right"
def initialise(model):
    with torch.no_grad():
        for m in model.modules():
            if isinstance(m, nn.Linear):
                m.weight.copy_(torch.randn_like(m.weight) * (2 / m.in_features) ** 0.5)
                if m.bias is not None:
                    m.bias.zero_()


# %% recursion over children and data kind="right"
def initialise(model):
    if isinstance(model, nn.Linear):
        model.weight.data = torch.randn_like(model.weight.data) * (2 / model.in_features) ** 0.5
        if model.bias is not None:
            model.bias.data.zero_()
    for child in model.children():
        initialise(child)


# %% by outputs kind="wrong" zh="输出的个数" en="number of outputs"
def initialise(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, 0, (2 / m.out_features) ** 0.5)
            if m.bias is not None:
                nn.init.zeros_(m.bias)


# %% no root kind="wrong" zh="忘了开平方" en="square root is missing"
def initialise(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, 0, 2 / m.in_features)
            if m.bias is not None:
                nn.init.zeros_(m.bias)


# %% one above the line kind="wrong" zh="分子应是 2" en="2 above the line"
def initialise(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, 0, m.in_features**-0.5)
            if m.bias is not None:
                nn.init.zeros_(m.bias)


# %% uniform kind="wrong" zh="不是正态分布" en="not a normal distribution"
def initialise(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.kaiming_uniform_(m.weight, nonlinearity="relu")
            if m.bias is not None:
                nn.init.zeros_(m.bias)


# %% biases left kind="wrong" zh="偏置应当全是 0" en="biases should be all 0"
def initialise(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.kaiming_normal_(m.weight)


# %% always a bias kind="wrong" zh="bias=False" en="bias=False"
def initialise(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.kaiming_normal_(m.weight)
            nn.init.zeros_(m.bias)


# %% children only kind="wrong" zh="更深处" en="deeper inside"
def initialise(model):
    for m in model.children():
        if isinstance(m, nn.Linear):
            nn.init.kaiming_normal_(m.weight)
            if m.bias is not None:
                nn.init.zeros_(m.bias)


# %% convolutions too kind="wrong" zh="别的层也被改了" en="other layers were changed"
def initialise(model):
    for m in model.modules():
        if hasattr(m, "weight") and m.weight.ndim > 1:
            nn.init.kaiming_normal_(m.weight)
            if getattr(m, "bias", None) is not None:
                nn.init.zeros_(m.bias)


# %% new parameters kind="wrong" zh="不要换成新的参数" en="don't put a new parameter"
def initialise(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            m.weight = nn.Parameter(torch.randn(m.weight.shape) * (2 / m.in_features) ** 0.5)
            if m.bias is not None:
                m.bias = nn.Parameter(torch.zeros(m.bias.shape))


# %% a seed inside kind="wrong" zh="不要在里面设种子" en="set no seed inside"
def initialise(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            torch.manual_seed(0)
            nn.init.kaiming_normal_(m.weight)
            if m.bias is not None:
                nn.init.zeros_(m.bias)


# %% asks whether the bias is true kind="wrong" zh="`layer.bias is not None`" en="`layer.bias is not None`"
def initialise(model):
    for module in model.modules():
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, 0, (2 / module.in_features) ** 0.5)
            if module.bias:
                nn.init.zeros_(module.bias)


# %% standard deviation in the place of the mean kind="wrong" zh="依次是张量、均值、标准差" en="in that order"
def initialise(model):
    for module in model.modules():
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, (2 / module.in_features) ** 0.5)
            if module.bias is not None:
                nn.init.zeros_(module.bias)


# %% loops over the model kind="wrong" zh="一般的模块用 `modules()`" en="for any module there are `modules()`"
def initialise(model):
    for module in model:
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, 0, (2 / module.in_features) ** 0.5)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
