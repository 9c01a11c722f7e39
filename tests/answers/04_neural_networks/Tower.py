# %% relu module kind="right"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.relu = nn.ReLU()
        self.layers = nn.ModuleList()
        for _ in range(depth):
            self.layers.append(nn.Linear(width, width))

    def forward(self, x):
        for layer in self.layers:
            x = self.relu(layer(x)) + x
        return x


# %% blocks in a Sequential kind="right"
class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layer = nn.Linear(width, width)

    def forward(self, x):
        return x + self.layer(x).clamp(min=0)


class Tower(nn.Sequential):
    def __init__(self, depth, width):
        super().__init__(*[Block(width) for _ in range(depth)])


# %% named attributes kind="right"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.depth = depth
        for i in range(depth):
            setattr(self, f"layer{i}", nn.Linear(width, width))

    def forward(self, x):
        for i in range(self.depth):
            x = x + nn.functional.relu(getattr(self, f"layer{i}")(x))
        return x


# %% recursion kind="right"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        if depth > 0:
            self.first = nn.Linear(width, width)
            self.rest = Tower(depth - 1, width)
        self.depth = depth

    def forward(self, x):
        if self.depth == 0:
            return x
        return self.rest(x + torch.relu(self.first(x)))


# %% plain list kind="wrong" zh="普通的列表" en="plain list"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = [nn.Linear(width, width) for _ in range(depth)]

    def forward(self, x):
        for layer in self.layers:
            x = x + torch.relu(layer(x))
        return x


# %% nothing added kind="wrong" zh="没有加上输入" en="the input is not added"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x


# %% ReLU of the sum kind="wrong" zh="只作用于 layer(x)" en="for layer(x) alone"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(x + layer(x))
        return x


# %% no ReLU kind="wrong" zh="没有 ReLU" en="no ReLU"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        for layer in self.layers:
            x = x + layer(x)
        return x


# %% one layer many times kind="wrong" zh="同一层用了两次" en="used twice"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width)] * depth)

    def forward(self, x):
        for layer in self.layers:
            x = x + torch.relu(layer(x))
        return x


# %% in place kind="wrong" zh="被改动了" en="has changed"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        for layer in self.layers:
            x += torch.relu(layer(x))
        return x


# %% adds the first x each time kind="wrong" zh="最初的 x" en="the first x"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        y = x
        for layer in self.layers:
            y = x + torch.relu(layer(y))
        return y


# %% adds at the end only kind="wrong" zh="只在最后" en="once at the end"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        y = x
        for layer in self.layers:
            y = torch.relu(layer(y))
        return x + y


# %% forgets super kind="wrong" zh="super().__init__()" en="super().__init__()"
class Tower(nn.Module):
    def __init__(self, depth, width):
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        return x


# %% each layer takes the first x kind="wrong" zh="从最初的 x 算起" en="begins with the first x again"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        out = x
        for layer in self.layers:
            out = x + torch.relu(layer(x))
        return out


# %% through all layers, then ReLU kind="wrong" zh="只在最后" en="once at the end"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.Sequential(*[nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        return x + torch.relu(self.layers(x))


# %% layers side by side kind="wrong" zh="从最初的 x 算起" en="begins with the first x again"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        return x + sum(torch.relu(layer(x)) for layer in self.layers)


# %% returns inside the loop kind="wrong" zh="循环之后" en="after the loop"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        for layer in self.layers:
            x = x + torch.relu(layer(x))
            return x


# %% calls the list kind="wrong" zh="不能直接调用" en="can't be called"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        return x + torch.relu(self.layers(x))


# %% unpacks the list kind="wrong" zh="不要写 `*`" en="leave out the `*`"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList(*[nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        for layer in self.layers:
            x = x + torch.relu(layer(x))
        return x


# %% a ReLU made of numbers kind="wrong" zh="先造出层" en="make the layer first"
class Tower(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        for layer in self.layers:
            x = x + nn.ReLU(layer(x))
        return x
