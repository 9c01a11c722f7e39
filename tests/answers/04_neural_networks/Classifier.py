# %% attributes one by one kind="right"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.fc1 = nn.Linear(height * width, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.fc3 = nn.Linear(hidden, classes)

    def forward(self, x):
        x = x.flatten(1)
        x = torch.relu(self.fc1(x))
        x = nn.functional.relu(self.fc2(x))
        return self.fc3(x)


# %% from back to front kind="right"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.last = nn.Linear(hidden, classes)
        self.middle = nn.Linear(hidden, hidden)
        self.first = nn.Linear(height * width, hidden)
        self.size = height * width

    def forward(self, x):
        x = x.reshape(-1, self.size)
        return self.last(self.middle(self.first(x).clamp(min=0)).clamp(min=0))


# %% module list and a loop kind="right"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        sizes = [height * width, hidden, hidden, classes]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        x = torch.flatten(x, start_dim=1)
        for number, layer in enumerate(self.layers):
            if number > 0:
                x = x.relu()
            x = layer(x)
        return x


# %% inherits from Sequential kind="right"
class Classifier(nn.Sequential):
    def __init__(self, height, width, hidden, classes):
        super().__init__(
            nn.Flatten(),
            nn.Linear(height * width, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, classes),
        )


# %% blocks kind="right"
class Block(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.linear = nn.Linear(a, b)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.linear(x))


class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        nn.Module.__init__(self)
        self.features = nn.Sequential(Block(height * width, hidden), Block(hidden, hidden))
        self.head = nn.Linear(hidden, classes)

    def forward(self, x):
        return self.head(self.features(x.view(x.shape[0], x.shape[-1] * x.shape[-2])))


# %% list unpacked and one ReLU for both kind="right"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        relu = nn.ReLU()
        layers = [nn.Flatten(), nn.Linear(height * width, hidden), relu]
        layers += [nn.Linear(hidden, hidden), relu, nn.Linear(hidden, classes)]
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)


# %% add_module kind="right"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.add_module("1", nn.Linear(height * width, hidden))
        self.add_module("2", nn.Linear(hidden, hidden))
        self.register_module("3", nn.Linear(hidden, classes))

    def forward(self, x):
        x = torch.maximum(self.get_submodule("1")(nn.Flatten()(x)), torch.zeros((), device=x.device))
        x = self.get_submodule("2")(x)
        return self.get_submodule("3")(torch.where(x > 0, x, 0))


# %% no super init kind="wrong" zh="super().__init__()" en="super().__init__()"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(height * width, hidden))

    def forward(self, x):
        return self.net(x)


# %% sizes of the example kind="wrong" zh="把大小写死了" en="a size fixed in the code"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
        )

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))


# %% layers in a list kind="wrong" zh="普通的列表" en="plain list"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.layers = [nn.Linear(height * width, hidden), nn.Linear(hidden, hidden), nn.Linear(hidden, classes)]

    def forward(self, x):
        x = x.flatten(1)
        for layer in self.layers[:-1]:
            x = layer(x).relu()
        return self.layers[-1](x)


# %% softmax at the end kind="wrong" zh="要的是原始分数" en="raw scores"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(height * width, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, classes),
            nn.Softmax(dim=1),
        )

    def forward(self, x):
        return self.net(x)


# %% no ReLU kind="wrong" zh="没有 ReLU" en="no ReLU between"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.relu = nn.ReLU()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(height * width, hidden),
            nn.Linear(hidden, hidden),
            nn.Linear(hidden, classes),
        )

    def forward(self, x):
        return self.net(x)


# %% second ReLU forgotten kind="wrong" zh="只有一个起作用" en="only one ReLU"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.fc1 = nn.Linear(height * width, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.fc3 = nn.Linear(hidden, classes)

    def forward(self, x):
        x = x.flatten(1)
        x = torch.relu(self.fc1(x))
        torch.relu(self.fc2(x))
        return self.fc3(self.fc2(x))


# %% ReLU at the end too kind="wrong" zh="最后一层后面不要 ReLU" en="no ReLU after the last layer"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        sizes = [height * width, hidden, hidden, classes]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        x = x.flatten(1)
        for layer in self.layers:
            x = layer(x).relu()
        return x


# %% not flattened kind="wrong" zh="图片要先展平" en="flatten pictures first"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(height * width, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, classes),
        )

    def forward(self, x):
        return self.net(x)


# %% one hidden layer only kind="wrong" zh="少了几个参数" en="some are missing"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(), nn.Linear(height * width, hidden), nn.ReLU(), nn.Linear(hidden, classes)
        )

    def forward(self, x):
        return self.net(x)


# %% no bias kind="wrong" zh="去掉了偏置" en="a bias left out"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(height * width, hidden, bias=False),
            nn.ReLU(),
            nn.Linear(hidden, hidden, bias=False),
            nn.ReLU(),
            nn.Linear(hidden, classes, bias=False),
        )

    def forward(self, x):
        return self.net(x)


# %% sizes swapped kind="wrong" zh="输入和输出的大小对调了" en="input and output are swapped"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.a = nn.Linear(hidden, height * width, bias=False)
        self.b = nn.Linear(hidden, hidden)
        self.c = nn.Linear(classes, hidden, bias=False)
        self.bias1 = nn.Parameter(torch.zeros(hidden))
        self.bias3 = nn.Parameter(torch.zeros(classes))

    def forward(self, x):
        return x


# %% forward inside init kind="wrong" zh="forward" en="forward"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(height * width, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, classes),
        )

        def forward(self, x):
            return self.net(x)


# %% flattens everything kind="wrong" zh="展平" en="flatten"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(height * width, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, classes),
        )

    def forward(self, x):
        return self.net(x.flatten())


# %% forward returns nothing kind="wrong" zh="忘了 `return`" en="forget `return`"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(height * width, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, classes),
        )

    def forward(self, x):
        self.net(x)


# %% view cannot infer for an empty batch kind="wrong" zh="推不出 -1" en="-1 cannot be worked out"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(height * width, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, classes),
        )

    def forward(self, x):
        return self.net(x.view(x.shape[0], -1))


# %% layers made in the class kind="wrong" zh="同一批参数" en="share their parameters"
class Classifier(nn.Module):
    made = {}

    def __init__(self, height, width, hidden, classes):
        super().__init__()
        sizes = (height, width, hidden, classes)
        if sizes not in Classifier.made:
            Classifier.made[sizes] = nn.Sequential(
                nn.Flatten(),
                nn.Linear(height * width, hidden),
                nn.ReLU(),
                nn.Linear(hidden, hidden),
                nn.ReLU(),
                nn.Linear(hidden, classes),
            )
        self.net = Classifier.made[sizes]

    def forward(self, x):
        return self.net(x)


# %% hidden layer used twice kind="wrong" zh="用了两次" en="used twice"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.fc1 = nn.Linear(height * width, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.fc3 = nn.Linear(hidden, classes)

    def forward(self, x):
        x = self.fc1(x.flatten(1)).relu()
        x = self.fc2(x).relu()
        return self.fc3(self.fc2(x).relu())


# %% square pictures only kind="wrong" zh="大小不对" en="their sizes are not"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(height * height, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, classes),
        )

    def forward(self, x):
        return self.net(x)


# %% forward without gradients kind="wrong" zh="不能训练" en="can't be trained"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(height * width, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, classes),
        )

    @torch.no_grad()
    def forward(self, x):
        return self.net(x)


# %% another activation kind="wrong" zh="各有一个 ReLU" en="with a ReLU after the first two"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(height * width, hidden),
            nn.Sigmoid(),
            nn.Linear(hidden, hidden),
            nn.Sigmoid(),
            nn.Linear(hidden, classes),
        )

    def forward(self, x):
        return self.net(x)


# %% not a module kind="wrong" zh="子类" en="subclass"
class Classifier:
    def __init__(self, height, width, hidden, classes):
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(height * width, classes))

    def forward(self, x):
        return self.net(x)


# %% a list given to Sequential kind="wrong" zh="去掉方括号" en="leave out the brackets"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential([nn.Flatten(), nn.Linear(height * width, hidden), nn.ReLU()])

    def forward(self, x):
        return self.net(x)


# %% pulls the input to the CPU kind="wrong" zh="没有跟着模型走" en="did not move with the model"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(height * width, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, classes),
        )

    def forward(self, x):
        return self.net(x.to("cpu"))


# %% a ReLU made of numbers kind="wrong" zh="先造出层" en="make the layer first"
class Classifier(nn.Module):
    def __init__(self, height, width, hidden, classes):
        super().__init__()
        self.flatten = nn.Flatten()
        self.first = nn.Linear(height * width, hidden)
        self.second = nn.Linear(hidden, hidden)
        self.last = nn.Linear(hidden, classes)

    def forward(self, x):
        x = nn.ReLU(self.first(self.flatten(x)))
        x = nn.ReLU(self.second(x))
        return self.last(x)
