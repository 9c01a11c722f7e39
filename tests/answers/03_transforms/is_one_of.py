# %% lambda kind="right"
def is_one_of(wanted):
    return lambda label: torch.tensor(float(label in wanted))


# %% a set and a conditional kind="right"
def is_one_of(wanted):
    chosen = set(wanted)

    def transform(label):
        if label in chosen:
            return torch.ones(())
        return torch.zeros(())

    return transform


# %% a class with __call__ kind="right"
class IsOneOf:
    def __init__(self, wanted):
        self.wanted = tuple(wanted)

    def __call__(self, label):
        return torch.as_tensor(label in self.wanted, dtype=torch.float32)


def is_one_of(wanted):
    return IsOneOf(wanted)


# %% partial kind="right"
from functools import partial


def contains(wanted, label):
    return torch.tensor(wanted.count(label) > 0).float()


def is_one_of(wanted):
    return partial(contains, wanted)


# %% Lambda of torchvision kind="right"
def is_one_of(wanted):
    return Lambda(lambda label: torch.tensor(1.0) if label in wanted else torch.tensor(0.0))


# %% no inner function kind="wrong" zh="要返回一个函数" en="should return a function"
def is_one_of(wanted):
    return torch.tensor(1.0)


# %% forgets to return the inner function kind="wrong" zh="要 `return` 它" en="`return` the inner function"
def is_one_of(wanted):
    def transform(label):
        return torch.tensor(float(label in wanted))


# %% bool kind="wrong" zh="float32" en="float32"
def is_one_of(wanted):
    return lambda label: torch.tensor(label in wanted)


# %% int kind="wrong" zh="float32" en="float32"
def is_one_of(wanted):
    return lambda label: torch.tensor(int(label in wanted))


# %% a Python number kind="wrong" zh="torch.tensor" en="torch.tensor"
def is_one_of(wanted):
    return lambda label: 1.0 if label in wanted else 0.0


# %% shape one kind="wrong" zh="方括号" en="brackets"
def is_one_of(wanted):
    return lambda label: torch.tensor([float(label in wanted)])


# %% the wrong way round kind="wrong" zh="1 和 0 反了" en="wrong way round"
def is_one_of(wanted):
    return lambda label: torch.tensor(float(label not in wanted))


# %% first only kind="wrong" zh="不是只有第一个" en="not only the first"
def is_one_of(wanted):
    return lambda label: torch.tensor(float(label == wanted[0]))


# %% a global variable kind="wrong" zh="不要用全局变量" en="without a global variable"
def is_one_of(wanted):
    global remembered
    remembered = wanted

    def transform(label):
        return torch.tensor(float(label in remembered))

    return transform


# %% hands back the label kind="wrong" zh="不是标签" en="not the label"
def is_one_of(wanted):
    return lambda label: torch.tensor(float(label))


# %% a table of the 10 classes kind="right"
def is_one_of(wanted):
    table = torch.zeros(10)
    table[wanted] = 1
    return lambda label: table[label]


# %% equal to the whole list kind="wrong" zh="用 `in` 判断" en="use `in`"
def is_one_of(wanted):
    return lambda label: torch.tensor(float(label == wanted))
