# %% loop over the labels kind="right"
def balanced_sampler(labels, num_samples, seed):
    label_list = labels.tolist()
    weights = [1.0 / label_list.count(label) for label in label_list]
    generator = torch.Generator().manual_seed(seed)
    return WeightedRandomSampler(weights, num_samples, replacement=True, generator=generator)


# %% scaled weights kind="right"
def balanced_sampler(labels, num_samples, seed):
    counts = torch.bincount(labels, minlength=20).double()
    per_class = len(labels) / counts.clamp(min=1)
    g = torch.Generator()
    g.manual_seed(seed)
    return WeightedRandomSampler(per_class[labels], num_samples, generator=g)


# %% infinite weights of absent classes kind="right"
def balanced_sampler(labels, num_samples, seed):
    weights = (1 / torch.bincount(labels))[labels]
    return WeightedRandomSampler(weights, num_samples, generator=torch.Generator().manual_seed(seed))


# %% a list by multinomial kind="right"
def balanced_sampler(labels, num_samples, seed):
    weights = torch.zeros(len(labels))
    for c in labels.unique():
        weights[labels == c] = 1 / (labels == c).sum()
    own = torch.Generator().manual_seed(seed)
    return torch.multinomial(weights, num_samples, replacement=True, generator=own).tolist()


# %% a tensor of indices kind="right"
def balanced_sampler(labels, num_samples, seed):
    _, inverse, counts = labels.unique(return_inverse=True, return_counts=True)
    own = torch.Generator().manual_seed(seed)
    return torch.multinomial((1 / counts)[inverse], num_samples, replacement=True, generator=own)


# %% first a class, then a sample kind="right"
import random


class TwoSteps(Sampler):
    def __init__(self, labels, num_samples, seed):
        self.members = {}
        for i, label in enumerate(labels.tolist()):
            self.members.setdefault(label, []).append(i)
        self.num_samples = num_samples
        self.random = random.Random(seed)

    def __len__(self):
        return self.num_samples

    def __iter__(self):
        classes = list(self.members)
        for _ in range(self.num_samples):
            yield self.random.choice(self.members[self.random.choice(classes)])


def balanced_sampler(labels, num_samples, seed):
    return TwoSteps(labels, num_samples, seed)


# %% random choices kind="right"
import random
from collections import Counter


def balanced_sampler(labels, num_samples, seed):
    counts = Counter(labels.tolist())
    weights = [1 / counts[label] for label in labels.tolist()]
    return random.Random(seed).choices(range(len(weights)), weights=weights, k=num_samples)


# %% weights upside down kind="wrong" zh="权重反了" en="upside down"
def balanced_sampler(labels, num_samples, seed):
    weights = torch.bincount(labels)[labels]
    return WeightedRandomSampler(weights, num_samples, generator=torch.Generator().manual_seed(seed))


# %% a weight per class kind="wrong" zh="不是每个类别一个" en="not per class"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels).clamp(min=1)
    return WeightedRandomSampler(weights, num_samples, generator=torch.Generator().manual_seed(seed))


# %% uniform kind="wrong" zh="和数据里的比例一样" en="as often as in the data"
def balanced_sampler(labels, num_samples, seed):
    weights = torch.ones(len(labels))
    return WeightedRandomSampler(weights, num_samples, generator=torch.Generator().manual_seed(seed))


# %% a random sampler kind="wrong" zh="和数据里的比例一样" en="as often as in the data"
from torch.utils.data import RandomSampler


def balanced_sampler(labels, num_samples, seed):
    return RandomSampler(
        labels, replacement=True, num_samples=num_samples, generator=torch.Generator().manual_seed(seed)
    )


# %% the labels as weights kind="wrong" zh="机会不相等" en="not equally likely"
def balanced_sampler(labels, num_samples, seed):
    weights = labels.float() + 1
    return WeightedRandomSampler(weights, num_samples, generator=torch.Generator().manual_seed(seed))


# %% squares the weights kind="wrong" zh="矫枉过正" en="too much of a good thing"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels)[labels] ** 2
    return WeightedRandomSampler(weights, num_samples, generator=torch.Generator().manual_seed(seed))


# %% square roots kind="wrong" zh="机会不相等" en="not equally likely"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels)[labels].float().sqrt()
    return WeightedRandomSampler(weights, num_samples, generator=torch.Generator().manual_seed(seed))


# %% without replacement kind="wrong" zh="有放回地抽" en="draw with it"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels)[labels]
    own = torch.Generator().manual_seed(seed)
    return WeightedRandomSampler(weights, num_samples, replacement=False, generator=own)


# %% without a generator kind="wrong" zh="交给采样器" en="hand it to the sampler"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels)[labels]
    return WeightedRandomSampler(weights, num_samples)


# %% the global seed kind="wrong" zh="全局的随机状态" en="global random state"
def balanced_sampler(labels, num_samples, seed):
    torch.manual_seed(seed)
    weights = 1 / torch.bincount(labels)[labels]
    return WeightedRandomSampler(weights, num_samples)


# %% a fixed seed kind="wrong" zh="不要写死" en="not a fixed number"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels)[labels]
    return WeightedRandomSampler(weights, num_samples, generator=torch.Generator().manual_seed(0))


# %% as many as there are kind="wrong" zh="应是 `num_samples`" en="should be `num_samples`"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels)[labels]
    return WeightedRandomSampler(weights, len(labels), generator=torch.Generator().manual_seed(seed))


# %% one sample of each class again and again kind="wrong" zh="同一类里的样本机会不相等" en="inside a class"
def balanced_sampler(labels, num_samples, seed):
    firsts = torch.stack([(labels == c).nonzero()[0, 0] for c in labels.unique()])
    g = torch.Generator().manual_seed(seed)
    return firsts[torch.randint(len(firsts), (num_samples,), generator=g)].tolist()


# %% only the weights kind="wrong" zh="每个是整数" en="a whole number"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels)[labels]
    return weights[torch.arange(num_samples) % len(labels)]


# %% two classes only kind="wrong" zh="机会不相等" en="not equally likely"
def balanced_sampler(labels, num_samples, seed):
    rare = labels == labels.max()
    weights = torch.where(rare, 1 / rare.sum(), 1 / (~rare).sum())
    weights = weights if rare.all() is False or (~rare).any() else torch.ones(len(labels))
    return WeightedRandomSampler(weights, num_samples, generator=torch.Generator().manual_seed(seed))


# %% a loader kind="wrong" zh="一个一个地给出索引" en="one by one"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels)[labels]
    sampler = WeightedRandomSampler(weights, num_samples, generator=torch.Generator().manual_seed(seed))
    return DataLoader(labels, sampler=sampler)


# %% no return kind="wrong" zh="`return`" en="`return`"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels)[labels]
    WeightedRandomSampler(weights, num_samples, generator=torch.Generator().manual_seed(seed))


# %% the seed as a generator kind="wrong" zh="不是种子本身" en="not the seed itself"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels)[labels]
    return WeightedRandomSampler(weights, num_samples, generator=seed)


# %% one weight per class, one class empty kind="wrong" zh="每个样本一个，不是每个类别一个" en="one weight per sample, not per class"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels, minlength=20)
    own = torch.Generator().manual_seed(seed)
    return WeightedRandomSampler(weights, num_samples, generator=own)


# %% whole division of the weights kind="wrong" zh="不是整除" en="not with `//`"
def balanced_sampler(labels, num_samples, seed):
    weights = (1 // (torch.bincount(labels) + 1))[labels]
    own = torch.Generator().manual_seed(seed)
    return WeightedRandomSampler(weights, num_samples, generator=own)


# %% seed as the device of the generator kind="wrong" zh="`torch.Generator().manual_seed(…)`" en="`torch.Generator().manual_seed(…)`"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels)[labels]
    generator = torch.Generator(seed)
    return WeightedRandomSampler(weights, num_samples, generator=generator)


# %% generator without brackets kind="wrong" zh="加上括号" en="brackets"
def balanced_sampler(labels, num_samples, seed):
    weights = 1 / torch.bincount(labels)[labels]
    generator = torch.Generator.manual_seed(seed)
    return WeightedRandomSampler(weights, num_samples, generator=generator)
