# %% after the lesson kind="right"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% plain Python and NumPy kind="right"
import numpy as np


class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.samples = []
        with open(annotations_file, encoding="utf-8") as file:
            for line in file:
                name, kind = line.split(",")
                self.samples.append((Path(img_dir) / name, kind.strip()))
        self.classes = sorted({kind for _, kind in self.samples})
        self.number = {kind: i for i, kind in enumerate(self.classes)}
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, kind = self.samples[index]
        image = Image.open(path)
        image.load()
        if self.transform:
            image = self.transform(image)
        else:
            image = torch.from_numpy(np.array(image))[None]
        label = self.number[kind]
        if self.target_transform:
            label = self.target_transform(label)
        return image, label


# %% decode_image kind="right"
from torchvision.io import decode_image


class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        table = pd.read_csv(annotations_file, header=None, skipinitialspace=True)
        self.paths = [os.path.join(img_dir, name) for name in table[0]]
        self.names = list(table[1])
        self.classes = sorted(set(self.names))
        self.transform, self.target_transform = transform, target_transform

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        if self.transform is None:
            image = decode_image(self.paths[index])
        else:
            image = self.transform(Image.open(self.paths[index]))
        label = self.classes.index(self.names[index])
        return image, label if self.target_transform is None else self.target_transform(label)


# %% categories of pandas kind="right"
from torchvision.transforms.functional import pil_to_tensor


class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(annotations_file, header=None, skipinitialspace=True)
        column = self.table[1].astype("category")
        self.classes = column.cat.categories.tolist()
        self.labels = column.cat.codes.tolist()
        self.img_dir = Path(img_dir)
        self.transform = transform or pil_to_tensor
        self.target_transform = target_transform or int

    def __len__(self):
        return self.table.shape[0]

    def __getitem__(self, index):
        label = self.labels[index]
        with Image.open(self.img_dir / self.table[0].iloc[index]) as picture:
            return self.transform(picture.convert("L")), self.target_transform(label)


# %% csv module and frombytes kind="right"
import csv


class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        with open(annotations_file, encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, skipinitialspace=True))
        self.files = [row[0] for row in rows]
        self.names = [row[1] for row in rows]
        self.classes = []
        for name in sorted(self.names):
            if name not in self.classes:
                self.classes.append(name)
        self.img_dir, self.transform, self.target_transform = img_dir, transform, target_transform

    def __len__(self):
        return len(self.names)

    def to_tensor(self, picture):
        w, h = picture.size
        return torch.frombuffer(bytearray(picture.tobytes()), dtype=torch.uint8).reshape(1, h, w)

    def __getitem__(self, index):
        with open(os.path.join(self.img_dir, self.files[index]), "rb") as file:
            picture = Image.open(file).convert("L")
        image = (self.transform or self.to_tensor)(picture)
        label = self.classes.index(self.names[index])
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% built on another class kind="right"
class _Files(Dataset):
    def __init__(self, table, folder):
        self.table, self.folder = table, folder

    def __len__(self):
        return len(self.table)

    def __getitem__(self, index):
        name, kind = self.table[index]
        with Image.open(os.path.join(self.folder, name)) as picture:
            return picture.copy(), kind


class GarmentFiles(_Files):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        table = pd.read_csv(annotations_file, header=None, skipinitialspace=True).values.tolist()
        super().__init__(table, img_dir)
        self.classes = sorted(set(kind for _, kind in table))
        self.transform, self.target_transform = transform, target_transform

    def __getitem__(self, index):
        image, kind = super().__getitem__(index)
        label = self.classes.index(kind)
        image = PILToTensor()(image) if self.transform is None else self.transform(image)
        return image, (label if self.target_transform is None else self.target_transform(label))


# %% first line is a heading kind="wrong" zh="header=None" en="header=None"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(annotations_file, skipinitialspace=True)
        self.table.columns = ["file", "name"]
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% names without header None kind="wrong" zh="header=None" en="header=None"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(annotations_file, header=0, names=["file", "name"], skipinitialspace=True)
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% blank before the name kind="wrong" zh="skipinitialspace=True" en="skipinitialspace=True"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"]
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% newline after the name kind="wrong" zh="strip()" en="strip()"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        with open(annotations_file, encoding="utf-8") as file:
            self.table = pd.DataFrame([line.split(",") for line in file], columns=["file", "name"])
        self.table["name"] = self.table["name"].str.lstrip(" ")
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% order of occurrence kind="wrong" zh="sorted" en="sorted"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = self.table["name"].unique().tolist()
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% every name as often as it occurs kind="wrong" zh="去掉重复" en="drop the duplicates"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"])
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% a set of classes kind="wrong" zh="集合没有次序" en="set has no order"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = set(self.table["name"])
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% no classes kind="wrong" zh="self.classes = …" en="self.classes = …"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.names = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.names.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% label is the name kind="wrong" zh="`classes` 里的位置" en="position in `classes`"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.table.iloc[idx, 1]
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% label is a NumPy integer kind="wrong" zh="NumPy" en="NumPy"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.table["name"].astype("category").cat.codes.iloc[idx]
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% label by occurrence kind="wrong" zh="第一次出现的次序" en="order in which names occur"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.table["name"].unique().tolist().index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% label counts from one kind="wrong" zh="差了一位" en="one off"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1]) + 1
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% Pillow picture without transform kind="wrong" zh="`PILToTensor()`" en="`PILToTensor()`"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% ToTensor without transform kind="wrong" zh="不用 `ToTensor`" en="don't use `ToTensor`"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = ToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% transform gets a tensor kind="wrong" zh="应当收到 Pillow 图片" en="should get the Pillow picture"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        image = PILToTensor()(image)
        if self.transform is not None:
            image = self.transform(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% decode_image for both kind="wrong" zh="应当收到 Pillow 图片" en="should get the Pillow picture"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        from torchvision.io import decode_image

        image = decode_image(img_path)
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% transform never called kind="wrong" zh="没有调用 `transform`" en="`transform` was not called"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% result of transform dropped kind="wrong" zh="没有用上" en="is not used"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% transform twice kind="wrong" zh="被调用了 2 次" en="called 2 times"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image) if self.transform(image) is not None else image
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% target transform dropped kind="wrong" zh="没有用上" en="is not used"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            self.target_transform(label)
        return image, label


# %% target transform gets the name kind="wrong" zh="应当收到标签" en="should get the label"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.table.iloc[idx, 1]
        if self.target_transform is not None:
            label = self.target_transform(label)
        else:
            label = self.classes.index(label)
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        return image, label


# %% target transform always kind="wrong" zh="可能是 None" en="may be None"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        label = self.target_transform(label)
        return image, label


# %% no axis for the channel kind="wrong" zh="通道那个轴" en="axis of the channel"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image).squeeze()
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% colour kind="wrong" zh="`convert(\"L\")`" en="`convert(\"L\")`"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("RGB")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% height and width swapped kind="wrong" zh="高和宽对调" en="height and width"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image).reshape(1, *image.size)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% file closed too early kind="wrong" zh="文件已经关上" en="file is closed"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% converts after the with kind="wrong" zh="文件已经关上" en="file is closed"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture
        image = image.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% opens all at the start kind="wrong" zh="`__init__`" en="`__init__`"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.pictures = [Image.open(os.path.join(img_dir, name)).convert("L") for name in self.table["file"]]
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        image = self.pictures[idx]
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% without the folder kind="wrong" zh="没有文件夹" en="has no folder"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = self.table.iloc[idx, 0]
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% adds strings kind="wrong" zh="两种都认" en="take both"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = self.img_dir + "/" + self.table.iloc[idx, 0]
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% divides a string kind="wrong" zh="两种都认" en="take both"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = self.img_dir / self.table.iloc[idx, 0]
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% lists the folder kind="wrong" zh="由标签表决定" en="the table says"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(os.listdir(self.img_dir))

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% counts the classes kind="wrong" zh="类别的个数" en="number of classes"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.classes)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% files in sorted order kind="wrong" zh="自己的文件" en="its own file"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, sorted(self.table["file"])[idx])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% starts again at the end kind="wrong" zh="IndexError" en="IndexError"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        idx = idx % len(self)
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% label before picture kind="wrong" zh="先图片" en="picture comes first"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return label, image


# %% a list of two kind="wrong" zh="一对" en="a pair"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return [image, label]


# %% forgot return kind="wrong" zh="`return`" en="`return`"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        image, label


# %% on the class kind="wrong" zh="`self` 上" en="on `self`"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        GarmentFiles.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% forgets Dataset kind="wrong" zh="继承 `Dataset`" en="inherit from `Dataset`"
class GarmentFiles:
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% opens all for one kind="wrong" zh="自己的文件" en="its own file"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        pictures = [Image.open(os.path.join(self.img_dir, name)).convert("L") for name in self.table["file"]]
        image = pictures[idx]
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% ASCII kind="wrong" zh="utf-8" en="utf-8"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True, encoding="ascii"
        )
        self.classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% forgets self kind="wrong" zh="`classes`" en="`classes`"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        classes = sorted(self.table["name"].unique())
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% folder not kept kind="wrong" zh="存到 `self` 上" en="put on `self`"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "name"], skipinitialspace=True
        )
        self.classes = sorted(self.table["name"].unique())
        img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.table)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.table.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        else:
            image = PILToTensor()(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% classes as unique gives them kind="wrong" zh="`unique()` 不是" en="`unique()` does not"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "label"], skipinitialspace=True
        )
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform
        self.classes = self.table["label"].unique()

    def __len__(self):
        return len(self.table)

    def __getitem__(self, index):
        with Image.open(os.path.join(self.img_dir, self.table.iloc[index, 0])) as picture:
            image = picture.convert("L")
        label = list(self.classes).index(self.table.iloc[index, 1])
        image = PILToTensor()(image) if self.transform is None else self.transform(image)
        return image, label if self.target_transform is None else self.target_transform(label)


# %% a column as classes kind="wrong" zh="总是给出列表" en="always gives a list"
class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "label"], skipinitialspace=True
        )
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform
        self.classes = self.table["label"]

    def __len__(self):
        return len(self.table)

    def __getitem__(self, index):
        with Image.open(os.path.join(self.img_dir, self.table.iloc[index, 0])) as picture:
            image = picture.convert("L")
        label = list(self.classes).index(self.table.iloc[index, 1])
        image = PILToTensor()(image) if self.transform is None else self.transform(image)
        return image, label if self.target_transform is None else self.target_transform(label)


# %% the folder of the lesson kind="wrong" zh="正文里的文件夹" en="lesson's folder"
img_dir = "garments-x"


class GarmentFiles(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.table = pd.read_csv(
            annotations_file, header=None, names=["file", "label"], skipinitialspace=True
        )
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform
        self.classes = sorted(set(self.table["label"]))

    def __len__(self):
        return len(self.table)

    def __getitem__(self, index):
        with Image.open(os.path.join(img_dir, self.table.iloc[index, 0])) as picture:
            image = picture.convert("L")
        label = self.classes.index(self.table.iloc[index, 1])
        image = PILToTensor()(image) if self.transform is None else self.transform(image)
        return image, label if self.target_transform is None else self.target_transform(label)
