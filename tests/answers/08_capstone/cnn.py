# %% counts the stages kind="right"
def cnn(channels):
    layers = []
    for i in range(len(channels) - 1):
        layers.append(nn.Conv2d(channels[i], channels[i + 1], kernel_size=3, padding=1))
        layers.append(nn.ReLU())
        layers.append(nn.MaxPool2d(2))
    side = 28 // 2 ** (len(channels) - 1)
    layers.append(nn.Flatten())
    layers.append(nn.Linear(channels[-1] * side**2, 10))
    return nn.Sequential(*layers)


# %% pools before ReLU kind="right"
def cnn(channels):
    stages = [
        nn.Sequential(nn.Conv2d(a, b, 3, padding="same"), nn.MaxPool2d(2, 2), nn.ReLU())
        for a, b in zip(channels, channels[1:])
    ]
    side = {1: 14, 2: 7, 3: 3, 4: 1}[len(stages)]
    return nn.Sequential(*stages, nn.Flatten(), nn.Linear(channels[-1] * side * side, 10))


# %% lazy kind="right"
def cnn(channels):
    layers = []
    for a, b in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(a, b, 3, 1, 1), nn.ReLU(inplace=True), nn.MaxPool2d((2, 2))]
    return nn.Sequential(*layers, nn.Flatten(), nn.LazyLinear(10))


# %% a class kind="right"
class Stages(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.convolutions = nn.ModuleList(
            nn.Conv2d(channels[i], channels[i + 1], 3, padding=1) for i in range(len(channels) - 1)
        )
        with torch.no_grad():
            size = self.features(torch.zeros(1, channels[0], 28, 28)).shape[1]
        self.last = nn.Linear(size, 10)

    def features(self, x):
        for convolution in self.convolutions:
            x = F.max_pool2d(F.relu(convolution(x)), 2)
        return x.flatten(1)

    def forward(self, x):
        return self.last(self.features(x))


def cnn(channels):
    return Stages(channels)


# %% no padding kind="wrong" zh="28 → 14 → 7" en="28 → 14 → 7"
def cnn(channels):
    layers, side = [], 28
    for a, b in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(a, b, 3), nn.ReLU(), nn.MaxPool2d(2)]
        side = (side - 2) // 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * side * side, 10))


# %% two stages only kind="wrong" zh="28 → 14 → 7" en="28 → 14 → 7"
def cnn(channels):
    layers = []
    for a, b in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(a, b, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * 7 * 7, 10))


# %% no ReLU kind="wrong" zh="ReLU" en="ReLU"
def cnn(channels):
    layers, side = [], 28
    for a, b in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(a, b, 3, padding=1), nn.MaxPool2d(2)]
        side //= 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * side * side, 10))


# %% softmax at the end kind="wrong" zh="什么也不要" en="nothing after"
def cnn(channels):
    layers, side = [], 28
    for a, b in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(a, b, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    layers += [nn.Flatten(), nn.Linear(channels[-1] * side * side, 10), nn.Softmax(dim=1)]
    return nn.Sequential(*layers)


# %% average pooling kind="wrong" zh="不是平均值" en="not the mean"
def cnn(channels):
    layers, side = [], 28
    for a, b in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(a, b, 3, padding=1), nn.ReLU(), nn.AvgPool2d(2)]
        side //= 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * side * side, 10))


# %% no pooling kind="wrong" zh="28 → 14 → 7" en="28 → 14 → 7"
def cnn(channels):
    layers = []
    for a, b in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(a, b, 3, padding=1), nn.ReLU()]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * 28 * 28, 10))


# %% no bias kind="wrong" zh="偏置" en="bias"
def cnn(channels):
    layers, side = [], 28
    for a, b in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(a, b, 3, padding=1, bias=False), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * side * side, 10))


# %% forgets flatten kind="wrong" zh="展平" en="flatten"
def cnn(channels):
    layers, side = [], 28
    for a, b in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(a, b, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    return nn.Sequential(*layers, nn.Linear(channels[-1] * side * side, 10))


# %% changes the list kind="wrong" zh="不要改动" en="don't change"
def cnn(channels):
    layers, side = [], 28
    before = channels.pop(0)
    for after in channels:
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        before = after
        side //= 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(before * side * side, 10))


# %% 5×5 kernels kind="wrong" zh="形状" en="shapes"
def cnn(channels):
    layers, side = [], 28
    for a, b in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(a, b, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * side * side, 10))


# %% log softmax kind="wrong" zh="什么也不要" en="nothing after"
def cnn(channels):
    layers, side = [], 28
    for before, after in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * side * side, 10), nn.LogSoftmax(1))


# %% dropout kind="wrong" zh="dropout" en="dropout"
def cnn(channels):
    layers, side = [], 28
    for before, after in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.2), nn.Linear(channels[-1] * side * side, 10))


# %% strides instead of pooling kind="wrong" zh="少了最大池化" en="max pooling is missing"
def cnn(channels):
    layers, side = [], 28
    for before, after in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(before, after, 3, stride=2, padding=1), nn.ReLU()]
        side //= 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * side * side, 10))


# %% half a side kind="wrong" zh="整除" en="without remainder"
def cnn(channels):
    layers, side = [], 28
    for before, after in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        side /= 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * side * side, 10))


# %% no ReLU in the last stage kind="wrong" zh="ReLU" en="ReLU"
def cnn(channels):
    layers, side = [], 28
    for before, after in zip(channels[:-1], channels[1:]):
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    del layers[-2]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * side * side, 10))


# %% always a grey picture kind="wrong" zh="输入通道数" en="input channels"
def cnn(channels):
    layers, before, side = [], 1, 28
    for after in channels[1:]:
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        before, side = after, side // 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * side * side, 10))
