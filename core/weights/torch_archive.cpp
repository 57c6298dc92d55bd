#include "core/weights/torch_archive.h"

#include "core/support/error.h"
#include "core/weights/pickle.h"
#include "core/weights/zip_archive.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <limits>
#include <optional>
#include <string_view>
#include <unordered_set>

namespace headroom {
namespace {

using Kind = PickleValue::Kind;

constexpr std::uint64_t longestPickle = 32 << 20; // real ones have a few hundred bytes for each tensor

struct StorageType {
    const char* name;
    at::ScalarType type;
};
constexpr std::array<StorageType, 10> storageTypes = {{{"torch.FloatStorage", at::kFloat},
                                                       {"torch.DoubleStorage", at::kDouble},
                                                       {"torch.HalfStorage", at::kHalf},
                                                       {"torch.BFloat16Storage", at::kBFloat16},
                                                       {"torch.LongStorage", at::kLong},
                                                       {"torch.IntStorage", at::kInt},
                                                       {"torch.ShortStorage", at::kShort},
                                                       {"torch.CharStorage", at::kChar},
                                                       {"torch.ByteStorage", at::kByte},
                                                       {"torch.BoolStorage", at::kBool}}};

bool isRecipe(const PickleValue& value, const char* callee) {
    return value.kind == Kind::Object && value.elements[0]->isName(callee);
}

/// The recipe of the tensor that a value stands for, behind parameters and subclasses; null if it is none.
const PickleValue* tensorRecipe(const PickleValue* value) {
    constexpr int deepest = 4; // a parameter of a subclass, and then some
    for (int depth = 0; depth < deepest && value->kind == Kind::Object; ++depth) {
        if (isRecipe(*value, "torch._utils._rebuild_tensor_v2") ||
            isRecipe(*value, "torch._utils._rebuild_tensor"))
            return value;
        if (!isRecipe(*value, "torch._utils._rebuild_parameter") &&
            !isRecipe(*value, "torch._utils._rebuild_parameter_with_state"))
            return nullptr;
        const auto& arguments = value->elements[1]->elements;
        if (arguments.empty())
            return nullptr;
        value = arguments[0];
    }
    return nullptr;
}

bool isMapping(const PickleValue& value) {
    return value.kind == Kind::Mapping || value.kind == Kind::Object;
}

/// How many names stand for tensors in a mapping.
std::ptrdiff_t tensorsIn(const PickleValue& value) {
    if (!isMapping(value))
        return 0;
    return std::count_if(value.items.begin(), value.items.end(), [](const auto& item) {
        return item.first->kind == Kind::Text && tensorRecipe(item.second) != nullptr;
    });
}

/// A mapping from names to tensors.
struct StateDict {
    const PickleValue* value;
    std::string key; ///< under which it lies
    std::ptrdiff_t tensors;
};

/// All of a checkpoint, breadth first: the model's own come before those of anything within. Looks at each
/// mapping once.
std::vector<StateDict> stateDicts(const PickleValue& root) {
    struct Candidate {
        const PickleValue* value;
        const PickleValue* key;
    };
    constexpr std::size_t longestKey = 100; // a text that is in the file once can be the key of many
    std::deque<Candidate> waiting = {{&root, nullptr}};
    std::unordered_set<const PickleValue*> seen = {&root};
    std::vector<StateDict> found;
    for (; !waiting.empty(); waiting.pop_front()) {
        const auto [value, key] = waiting.front();
        if (const std::ptrdiff_t tensors = tensorsIn(*value); tensors > 0)
            found.push_back({value, key != nullptr ? key->text : std::string(), tensors});
        for (const auto& [name, inner] : value->items) {
            if (isMapping(*inner) && seen.insert(inner).second)
                waiting.push_back(
                    {inner, name->kind == Kind::Text && name->text.size() <= longestKey ? name : nullptr});
        }
    }
    return found;
}

/// Lower is better. A moving average is taken only where it is all there is.
int rank(const std::string& key) {
    constexpr std::array<std::string_view, 4> names = {"state_dict", "model_state_dict", "model", "state"};
    const auto place = std::ranges::find(names, key) - names.begin();
    const bool isAverage = key.find("ema") != std::string::npos;
    return static_cast<int>(place) + (isAverage ? 1 : 0);
}

/// The one to take first, then those that a user may have meant. What an optimizer keeps for each parameter
/// is a mapping with tensors too, but of few.
std::vector<StateDict> chooseStateDict(std::vector<StateDict> all) {
    std::ptrdiff_t most = 0;
    for (const StateDict& one : all)
        most = std::max(most, one.tensors);
    std::erase_if(all, [most](const StateDict& one) { return rank(one.key) > 3 && 2 * one.tensors < most; });
    std::ranges::stable_sort(all, {}, [](const StateDict& one) { return rank(one.key); });
    return all;
}

/// Turns recipes into tensors; each storage is read once.
class TensorReader {
public:
    TensorReader(const ZipArchive& archive, std::string folder)
        : archive_(archive), folder_(std::move(folder)) {}

    at::Tensor read(const std::string& name, const PickleValue& recipe) {
        const auto& arguments = recipe.elements[1]->elements;
        constexpr std::size_t needed = 4; // storage, offset, size, stride
        if (arguments.size() < needed || arguments[1]->kind != Kind::Integer)
            refuse(name, "its description is not whole");
        const at::Tensor storage = readStorage(name, *arguments[0]);
        const std::int64_t offset = arguments[1]->integer;
        const auto sizes = naturals(name, *arguments[2]);
        const auto strides = naturals(name, *arguments[3]);
        if (sizes.size() != strides.size() || offset < 0 || !fits(sizes, strides, offset, storage.numel()))
            refuse(name, "it reaches beyond its storage");
        return storage.as_strided(sizes, strides, offset);
    }

private:
    [[noreturn]] void refuse(const std::string& name, const std::string& what) const {
        throw Error(ErrorKind::Input, fmt::format("tensor '{}' cannot be read: {}", name, what),
                    archive_.path());
    }

    std::vector<std::int64_t> naturals(const std::string& name, const PickleValue& sequence) const {
        if (sequence.kind != Kind::Sequence || sequence.elements.size() > highestRank)
            refuse(name, "it has no shape that we can take");
        std::vector<std::int64_t> numbers;
        for (const PickleValue* element : sequence.elements) {
            if (element->kind != Kind::Integer || element->integer < 0)
                refuse(name, "its shape is not of natural numbers");
            numbers.push_back(element->integer);
        }
        return numbers;
    }

    /// Whether all elements lie in the storage, and are no more than it has: else a copy of one number
    /// repeated could fill any memory.
    static bool fits(const std::vector<std::int64_t>& sizes, const std::vector<std::int64_t>& strides,
                     std::int64_t offset, std::int64_t available) {
        std::int64_t count = 1;
        std::int64_t last = offset;
        bool empty = false;
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            std::int64_t reach = 0;
            const std::int64_t size = std::max<std::int64_t>(sizes[i], 1);
            empty = empty || sizes[i] == 0;
            if (__builtin_mul_overflow(count, size, &count) ||
                __builtin_mul_overflow(size - 1, strides[i], &reach) ||
                __builtin_add_overflow(last, reach, &last))
                return false;
        }
        return empty ? offset <= available : count <= available && last < available;
    }

    /// ("storage", class, key, device, elements)
    at::Tensor readStorage(const std::string& name, const PickleValue& reference) {
        constexpr std::size_t idLength = 5;
        if (reference.kind != Kind::PersistentId || reference.elements[0]->elements.size() != idLength)
            refuse(name, "it has no storage");
        const auto& id = reference.elements[0]->elements;
        if (id[1]->kind != Kind::Name || id[2]->kind != Kind::Text || id[4]->kind != Kind::Integer)
            refuse(name, "its storage is not described as it should be");
        const auto type = std::find_if(storageTypes.begin(), storageTypes.end(),
                                       [&](const auto& known) { return id[1]->text == known.name; });
        if (type == storageTypes.end())
            refuse(name, fmt::format("it is of a type that we do not take, {}", id[1]->text));

        const std::string entry = folder_ + "data/" + id[2]->text;
        const auto known = storages_.find(entry);
        if (known != storages_.end()) {
            if (known->second.scalar_type() != type->type)
                refuse(name, "its storage is used with two types");
            return known->second;
        }
        const std::uint64_t bytes = archive_.size(entry);
        const std::uint64_t elementSize = c10::elementSize(type->type);
        if (bytes % elementSize != 0 || id[4]->integer < 0 ||
            static_cast<std::uint64_t>(id[4]->integer) != bytes / elementSize)
            refuse(name,
                   fmt::format("its storage claims {} elements and has {} bytes", id[4]->integer, bytes));
        storageBytes_ += bytes;
        if (storageBytes_ > archive_.fileSize())
            refuse(name, "the zip file's entries overlap");
        return storages_.emplace(entry, readEntry(entry, id[4]->integer, type->type)).first->second;
    }

    at::Tensor readEntry(const std::string& entry, std::int64_t elements, at::ScalarType type) const {
        // Any byte but 0 is true; a bool must not be read from anything but 0 and 1.
        at::Tensor storage = at::empty({elements}, type == at::kBool ? at::kByte : type);
        archive_.read(entry, storage.data_ptr());
        return type == at::kBool ? storage.ne(0) : storage;
    }

    const ZipArchive& archive_;
    std::string folder_;
    std::map<std::string, at::Tensor> storages_;
    std::uint64_t storageBytes_ = 0;
};

/// The folder that all of torch.save's entries lie in, with its slash.
std::string archiveFolder(const ZipArchive& archive) {
    constexpr std::string_view program = "data.pkl";
    for (const std::string& name : archive.names()) {
        if (name.ends_with(program) && std::count(name.begin(), name.end(), '/') == 1 &&
            name[name.size() - program.size() - 1] == '/')
            return name.substr(0, name.size() - program.size());
    }
    throw Error(ErrorKind::Input, "holds no data.pkl, so it is no checkpoint by torch.save", archive.path());
}

Pickle readPickle(const ZipArchive& archive, const std::string& entry) {
    const auto size = archive.size(entry);
    if (size > longestPickle) {
        throw Error(ErrorKind::Input,
                    fmt::format("its pickle of {} bytes is longer than any checkpoint needs", size),
                    archive.path());
    }
    std::vector<std::byte> bytes(size);
    archive.read(entry, bytes.data());
    return {bytes, archive.path()};
}

void checkByteOrder(const ZipArchive& archive, const std::string& folder) {
    const std::string entry = folder + "byteorder";
    constexpr std::string_view little = "little";
    if (!archive.contains(entry))
        return; // before PyTorch 2.1; little in practice
    std::string order(std::min<std::uint64_t>(archive.size(entry), little.size()), '\0');
    if (archive.size(entry) == little.size())
        archive.read(entry, order.data());
    if (order != little)
        throw Error(ErrorKind::Input, "was written by a machine of another byte order", archive.path());
}

} // namespace

TorchArchive readTorchArchive(const std::string& path) {
    const ZipArchive archive(path);
    const std::string folder = archiveFolder(archive);
    checkByteOrder(archive, folder);
    const Pickle pickle = readPickle(archive, folder + "data.pkl");
    const std::vector<StateDict> sets = chooseStateDict(stateDicts(pickle.root()));
    if (sets.empty())
        throw Error(ErrorKind::Input, "holds no weights: nowhere in it do names stand for tensors", path);

    TorchArchive found{{}, sets.front().key, {}};
    for (auto other = sets.begin() + 1; other != sets.end(); ++other)
        found.otherSets.push_back(other->key);
    TensorReader reader(archive, folder);
    std::uint64_t bytes = 0;
    constexpr std::uint64_t sharing = 4; // how often tied weights may repeat the file's own size
    for (const auto& [key, value] : sets.front().value->items) {
        const PickleValue* recipe = tensorRecipe(value);
        if (key->kind != Kind::Text || recipe == nullptr)
            continue;
        const at::Tensor tensor = reader.read(key->text, *recipe);
        bytes += tensor.nbytes();
        if (bytes > sharing * archive.fileSize())
            throw Error(ErrorKind::Input, "its tensors repeat the same bytes too often", path);
        found.tensors.insert_or_assign(key->text, tensor);
    }
    return found;
}

} // namespace headroom
