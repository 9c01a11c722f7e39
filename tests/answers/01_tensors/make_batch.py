# %% stack with its default kind="right"
def make_batch(pictures):
    return torch.stack(pictures)


# %% unsqueeze and cat kind="right"
def make_batch(pictures):
    return torch.cat([picture.unsqueeze(0) for picture in pictures], dim=0)


# %% None and vstack kind="right"
def make_batch(pictures):
    return torch.vstack([picture[None] for picture in pictures])


# %% fills an empty batch kind="right"
def make_batch(pictures):
    h, w = pictures[0].shape
    batch = torch.empty(len(pictures), h, w, dtype=pictures[0].dtype)
    for i in range(len(pictures)):
        batch[i] = pictures[i]
    return batch


# %% cat and reshape kind="right"
def make_batch(pictures):
    h, w = pictures[0].shape
    return torch.cat(pictures).reshape(len(pictures), h, w)


# %% grows picture by picture kind="right"
def make_batch(pictures):
    batch = pictures[0].view(1, *pictures[0].shape)
    for picture in pictures[1:]:
        batch = torch.cat((batch, picture.unsqueeze(0)))
    return batch


# %% NumPy kind="right"
def make_batch(pictures):
    return torch.from_numpy(np.stack([picture.numpy() for picture in pictures]))


# %% as a data loader does kind="right"
from torch.utils.data import default_collate


def make_batch(pictures):
    return default_collate(pictures)


# %% stack last and permute kind="right"
def make_batch(pictures):
    return torch.stack(pictures, dim=-1).permute(2, 0, 1)


# %% cat kind="wrong" zh="`cat` 把图片首尾相接" en="`cat` joined the pictures"
def make_batch(pictures):
    return torch.cat(pictures)


# %% cat to the right kind="wrong" zh="`cat` 把图片首尾相接" en="`cat` joined the pictures"
def make_batch(pictures):
    return torch.cat(pictures, dim=1)


# %% new axis in the middle kind="wrong" zh="最前面" en="come first"
def make_batch(pictures):
    return torch.stack(pictures, dim=1)


# %% new axis last kind="wrong" zh="最前面" en="come first"
def make_batch(pictures):
    return torch.stack(pictures, dim=-1)


# %% reshape swaps nothing kind="wrong" zh="内容乱了" en="mixed up"
def make_batch(pictures):
    h, w = pictures[0].shape
    return torch.stack(pictures, dim=2).reshape(len(pictures), h, w)


# %% joined to the right and reshaped kind="wrong" zh="内容乱了" en="mixed up"
def make_batch(pictures):
    h, w = pictures[0].shape
    return torch.cat(pictures, dim=1).reshape(-1, h, w)


# %% tensor of tensors kind="wrong" zh="torch.stack" en="torch.stack"
def make_batch(pictures):
    return torch.tensor(pictures)


# %% with a channel axis kind="wrong" zh="多了一个大小为 1 的维度" en="a dimension of size 1 too many"
def make_batch(pictures):
    return torch.stack([picture.unsqueeze(0) for picture in pictures])


# %% for 28 by 28 kind="wrong" zh="大小不要写死" en="don't fix its sizes"
def make_batch(pictures):
    return torch.cat(pictures).reshape(-1, 28, 28)


# %% always three kind="wrong" zh="写死了大小" en="a size fixed"
def make_batch(pictures):
    return torch.stack([pictures[0], pictures[1], pictures[2]])


# %% float32 for all kind="wrong" zh="dtype 变了" en="dtype has changed"
def make_batch(pictures):
    batch = torch.zeros(len(pictures), *pictures[0].shape)
    for i, picture in enumerate(pictures):
        batch[i] = picture
    return batch


# %% through lists kind="wrong" zh="dtype 变了" en="dtype has changed"
def make_batch(pictures):
    return torch.tensor([picture.tolist() for picture in pictures])


# %% adds them up kind="wrong" zh="相加" en="adds"
def make_batch(pictures):
    return sum(pictures)


# %% first picture only kind="wrong" zh="第一张" en="first picture"
def make_batch(pictures):
    return pictures[0].unsqueeze(0)


# %% overwrites in the loop kind="wrong" zh="最后一张" en="last picture"
def make_batch(pictures):
    for picture in pictures:
        batch = picture.unsqueeze(0)
    return batch


# %% returns in the loop kind="wrong" zh="第一张" en="first picture"
def make_batch(pictures):
    batch = []
    for picture in pictures:
        batch.append(picture)
        return torch.stack(batch)


# %% last to first kind="wrong" zh="反了" en="reversed"
def make_batch(pictures):
    return torch.stack(pictures[::-1])


# %% empties the list kind="wrong" zh="改动了" en="changed its argument"
def make_batch(pictures):
    batch = []
    while pictures:
        batch.append(pictures.pop(0))
    return torch.stack(batch)


# %% the list itself kind="wrong" zh="torch.stack(…)" en="torch.stack(…)"
def make_batch(pictures):
    return pictures


# %% prints kind="wrong" zh="return" en="return"
def make_batch(pictures):
    print(torch.stack(pictures))
