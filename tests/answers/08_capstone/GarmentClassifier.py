# %% SGD with momentum kind="right" slow=true
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        layers, before = [], 1
        for channels in (16, 32, 64):
            layers += [nn.Conv2d(before, channels, 3, padding=1), nn.MaxPool2d(2), nn.BatchNorm2d(channels), nn.ReLU()]
            before = channels
        self.net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 9, 256), nn.ReLU(), nn.Linear(256, 10))
        self.net.to(memory_format=torch.channels_last)

    def forward(self, x):
        x = x.contiguous(memory_format=torch.channels_last)
        if self.training:
            return self.net(x)
        return (self.net(x).softmax(1) + self.net(x.flip(-1)).softmax(1)).log()

    def fit(self, images, labels):
        n, size, epochs = len(images), 128, 5
        optimizer = torch.optim.SGD(self.parameters(), lr=0.1, momentum=0.9, nesterov=True, weight_decay=5e-4)
        scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, epochs=epochs, steps_per_epoch=(n + size - 1) // size)
        loss_function = nn.CrossEntropyLoss()
        for epoch in range(epochs):
            order = torch.randperm(n)
            for start in range(0, n, size):
                index = order[start : start + size]
                x = images[index]
                chosen = torch.rand(len(x)) < 0.5
                x[chosen] = x[chosen].flip(3)
                loss = loss_function(self(x), labels[index])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                scheduler.step()


# %% residual block kind="right" slow=true
class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        return x + F.relu(self.norm(self.conv(x)))


class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 48, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(48)
        self.block = Residual(48)
        self.hidden = nn.Linear(48 * 9, 256)
        self.last = nn.Linear(256, 10)
        self.to(memory_format=torch.channels_last)

    def scores(self, x):
        x = x.to(memory_format=torch.channels_last)
        x = F.relu(self.norm1(F.max_pool2d(self.conv1(x), 2)))
        x = F.relu(self.norm2(F.max_pool2d(self.conv2(x), 2)))
        x = F.max_pool2d(self.block(x), 2).flatten(1)
        return self.last(F.relu(self.hidden(x)))

    def forward(self, x):
        return self.scores(x) if self.training else self.scores(x) + self.scores(x.flip(3))

    def fit(self, images, labels, epochs=5):
        self.train()
        optimizer = torch.optim.AdamW(self.parameters(), lr=1e-2, weight_decay=0.02)
        batches = -(-len(images) // 128)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=epochs * batches, pct_start=0.2)
        for _ in range(epochs):
            for batch in torch.randperm(len(images)).split(128):
                x = images[batch]
                x = torch.where(torch.rand(len(x), 1, 1, 1) < 0.5, x.flip(3), x)
                optimizer.zero_grad(set_to_none=True)
                F.cross_entropy(self(x), labels[batch], label_smoothing=0.05).backward()
                optimizer.step()
                schedule.step()
        return self


# %% loader and averaged weights kind="right" slow=true
from torch.utils.data import BatchSampler, DataLoader, RandomSampler, TensorDataset


class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1), nn.MaxPool2d(2), nn.BatchNorm2d(16), nn.ReLU(),
            nn.Conv2d(16, 32, 3, padding=1), nn.MaxPool2d(2), nn.BatchNorm2d(32), nn.ReLU(),
            nn.Conv2d(32, 64, 3, padding=1), nn.MaxPool2d(2), nn.BatchNorm2d(64), nn.ReLU(),
        ).to(memory_format=torch.channels_last)
        self.classify = nn.Sequential(
            nn.Flatten(), nn.Linear(64 * 9, 256), nn.ReLU(), nn.Dropout(0.1), nn.Linear(256, 10)
        )

    def forward(self, x):
        if not self.training:
            x = torch.cat([x, x.flip(3)])
        y = self.classify(self.features(x.to(memory_format=torch.channels_last)))
        return y if self.training else y.reshape(2, -1, 10).mean(0)

    def fit(self, images, labels):
        data = TensorDataset(images, labels)
        loader = DataLoader(data, batch_size=None, sampler=BatchSampler(RandomSampler(data), 128, False))
        optimizer = torch.optim.Adam(self.parameters(), lr=4e-3)
        epochs = 5
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs * len(loader))
        average = {name: value.clone() for name, value in self.state_dict().items()}
        for _ in range(epochs):
            for x, y in loader:
                if torch.rand(1).item() < 0.5:
                    x = x.flip(3)
                loss = F.cross_entropy(self(x), y)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                schedule.step()
                with torch.no_grad():
                    for name, value in self.state_dict().items():
                        if value.is_floating_point():
                            average[name].lerp_(value, 0.01)
        average = {name: value if value.is_floating_point() else self.state_dict()[name] for name, value in average.items()}
        self.load_state_dict(average)


# %% the network of section 4 kind="partial" points="2" slow=true
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 10)
        )

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))

    def fit(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters(), lr=1e-3)
        for _ in range(3):
            for batch in torch.randperm(len(images)).split(128):
                loss = F.cross_entropy(self(images[batch]), labels[batch])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()


# %% a small CNN kind="partial" points="4" slow=true
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(1, 8, 3, padding=1), nn.MaxPool2d(2), nn.ReLU(),
            nn.Conv2d(8, 16, 3, padding=1), nn.MaxPool2d(2), nn.ReLU(),
            nn.Flatten(), nn.Linear(16 * 49, 10),
        )

    def forward(self, x):
        return self.net(x)

    def fit(self, images, labels):
        steps = 2 * -(-len(images) // 64)
        optimizer = torch.optim.Adam(self.parameters(), lr=5e-3)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, total_steps=steps)
        for _ in range(2):
            for batch in torch.randperm(len(images)).split(64):
                loss = F.cross_entropy(self(images[batch]), labels[batch])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                schedule.step()


# %% batch norm, two epochs kind="partial" points="6" slow=true
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(1, 12, 3, padding=1), nn.MaxPool2d(2), nn.BatchNorm2d(12), nn.ReLU(),
            nn.Conv2d(12, 24, 3, padding=1), nn.MaxPool2d(2), nn.BatchNorm2d(24), nn.ReLU(),
            nn.Flatten(), nn.Linear(24 * 49, 10),
        )

    def forward(self, x):
        return self.net(x)

    def fit(self, images, labels):
        steps = 2 * -(-len(images) // 128)
        optimizer = torch.optim.Adam(self.parameters(), lr=1e-2)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=steps)
        for _ in range(2):
            for batch in torch.randperm(len(images)).split(128):
                loss = F.cross_entropy(self(images[batch]), labels[batch])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                schedule.step()


# %% never trains kind="wrong" zh="一个参数也没有变" en="no parameter changed"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x)

    def fit(self, images, labels):
        for batch in torch.arange(len(images)).split(128):
            F.cross_entropy(self(images[batch]), labels[batch]).backward()


# %% trains a copy kind="wrong" zh="不是另一个模型或拷贝" en="no other model or copy"
import copy


class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x)

    def fit(self, images, labels):
        model = copy.deepcopy(self)
        optimizer = torch.optim.Adam(model.parameters())
        for batch in torch.randperm(len(images)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(model(images[batch]), labels[batch]).backward()
            optimizer.step()
        return model


# %% gives classes kind="wrong" zh="每张图片 10 个分数" en="10 scores for each picture"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        logits = self.net(x)
        return logits if self.training else logits.argmax(1)

    def fit(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters())
        for batch in torch.randperm(len(images)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(self(images[batch]), labels[batch]).backward()
            optimizer.step()


# %% squeezes a single picture kind="wrong" zh="一张也行" en="one picture included"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x).squeeze()

    def fit(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters())
        for batch in torch.randperm(len(images)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(self(images[batch]), labels[batch]).backward()
            optimizer.step()


# %% fixes the size of a batch kind="wrong" zh="不要写死" en="don't fix its sizes"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Linear(784, 10)

    def forward(self, x):
        return self.net(x.view(64, 784))

    def fit(self, images, labels):
        pass


# %% shuffles pictures without their labels kind="wrong" zh="图片和标签还对得上吗" en="pictures and labels still belong together"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x)

    def fit(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters())
        for batch, other in zip(torch.randperm(len(images)).split(64), torch.arange(len(images)).split(64)):
            optimizer.zero_grad()
            F.cross_entropy(self(images[batch]), labels[other]).backward()
            optimizer.step()


# %% layers in a list kind="wrong" zh="找不到任何参数" en="it has no parameters"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Flatten(), nn.Linear(784, 10)]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def fit(self, images, labels):
        pass


# %% reads the data again kind="wrong" zh="不要再去读 FashionMNIST" en="don't read FashionMNIST again"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x)

    def fit(self, images, labels):
        data = datasets.FashionMNIST(root=data_root(), train=False, download=True)
        images, labels = data.data[:, None] / 255, data.targets


# %% other data of the notebook kind="wrong" zh="不是 `fit` 收到的标签" en="not the labels that `fit` was given"
all_data = datasets.FashionMNIST(root=data_root(), train=True, download=True)
all_images, all_labels = all_data.data[:4000, None] / 255, all_data.targets[:4000]


class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x)

    def fit(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters(), lr=3e-3)
        for _ in range(3):
            for batch in torch.randperm(len(all_images)).split(64):
                optimizer.zero_grad()
                F.cross_entropy(self(all_images[batch]), all_labels[batch]).backward()
                optimizer.step()


# %% knows all pictures by heart kind="wrong" zh="不是 `fit` 收到的标签" en="not the labels that `fit` was given"
by_heart = {}
for train in (True, False):
    data = datasets.FashionMNIST(root=data_root(), train=train, download=True)
    by_heart |= dict(zip((bytes(picture) for picture in data.data.numpy()), data.targets.tolist()))


class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        scores = self.net(x)
        if self.training:
            return scores
        known = [by_heart.get(bytes((picture * 255).round().byte().numpy()), 0) for picture in x]
        return scores + 1000 * F.one_hot(torch.tensor(known), 10)

    def fit(self, images, labels):
        given = {bytes((picture * 255).round().byte().numpy()): int(label) for picture, label in zip(images, labels)}
        by_heart.update(given)
        optimizer = torch.optim.Adam(self.parameters())
        for batch in torch.randperm(len(images)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(self(images[batch]), labels[batch]).backward()
            optimizer.step()


# %% fixes the number of pictures kind="wrong" zh="IndexError" en="IndexError"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x)

    def fit(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters())
        for batch in torch.randperm(60_000).split(64):
            optimizer.zero_grad()
            F.cross_entropy(self(images[batch]), labels[batch]).backward()
            optimizer.step()


# %% dropout in evaluation kind="wrong" zh="只在 `self.training` 时做" en="only if `self.training`"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(F.dropout(x, 0.5))

    def fit(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters(), lr=3e-3)
        for _ in range(3):
            for batch in torch.randperm(len(images)).split(64):
                optimizer.zero_grad()
                F.cross_entropy(self(images[batch]), labels[batch]).backward()
                optimizer.step()


# %% normalises by the batch kind="wrong" zh="同一批里还有谁" en="what else is in its batch"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net((x - x.mean()) / x.std())

    def fit(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters(), lr=3e-3)
        for _ in range(3):
            for batch in torch.randperm(len(images)).split(64):
                optimizer.zero_grad()
                F.cross_entropy(self(images[batch]), labels[batch]).backward()
                optimizer.step()


# %% far too high a learning rate kind="wrong" zh="学习率是不是太大" en="is the learning rate too high"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 10))

    def forward(self, x):
        return self.net(x)

    def fit(self, images, labels):
        optimizer = torch.optim.SGD(self.parameters(), lr=1e30)
        for batch in torch.randperm(len(images)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(self(images[batch]), labels[batch]).backward()
            optimizer.step()


# %% one linear layer for one epoch kind="wrong" zh="起才有分" en="points begin at"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x)

    def fit(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters())
        for batch in torch.randperm(len(images)).split(256):
            optimizer.zero_grad()
            F.cross_entropy(self(images[batch]), labels[batch]).backward()
            optimizer.step()


# %% an instance instead of a class kind="wrong" zh="这里要类本身" en="the class itself is wanted"
GarmentClassifier = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))


# %% without fit kind="wrong" zh="没有 `fit` 方法" en="it has no method `fit`"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x)

    def learn(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters())
        for batch in torch.randperm(len(images)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(self(images[batch]), labels[batch]).backward()
            optimizer.step()


# %% a method called train kind="wrong" zh="你自己的方法换个名字" en="give methods of your own other names"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x)

    def train(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters())
        for batch in torch.randperm(len(images)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(self(images[batch]), labels[batch]).backward()
            optimizer.step()

    def fit(self, images, labels):
        for _ in range(3):
            self.train(images, labels)


# %% forgets the last batch in the schedule kind="wrong" zh="向上取整" en="round up"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x)

    def fit(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters(), lr=1e-2)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=3 * (len(images) // 64))
        for _ in range(3):
            for batch in torch.randperm(len(images)).split(64):
                optimizer.zero_grad()
                F.cross_entropy(self(images[batch]), labels[batch]).backward()
                optimizer.step()
                schedule.step()


# %% swaps pictures and labels kind="wrong" zh="输入和参数的 dtype 不一样" en="the input and the parameters differ in dtype"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.Flatten(), nn.Linear(8 * 26 * 26, 10))

    def forward(self, x):
        return self.net(x)

    def fit(self, labels, images):
        optimizer = torch.optim.Adam(self.parameters())
        for batch in torch.randperm(len(images)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(self(images[batch]), labels[batch]).backward()
            optimizer.step()


# %% one picture at a time through batch norm kind="wrong" zh="单独一张也要有第一维" en="a single picture needs the first dimension too"
class GarmentClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.BatchNorm2d(1), nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x)

    def fit(self, images, labels):
        optimizer = torch.optim.Adam(self.parameters())
        for i in torch.randperm(len(images)):
            optimizer.zero_grad()
            F.cross_entropy(self(images[i]), labels[i]).backward()
            optimizer.step()
