// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/torch_archive.h"

#include "core/support/error.h"
#include "core/weights/torch_pickle.h"

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

bool isCallOf(const PickleValue& value, const char* callee) {
    return value.kind == Kind::Object && value.elements[0]->isName(callee);
}

/// PyTorch's call for types without a storage class, such as float8, none of which is read.
constexpr const char* newTypeCall = "torch._utils._rebuild_tensor_v3";

/// Returns the call that rebuilds a tensor, unwrapping parameters and subclasses. Null if the value is no
/// tensor.
const PickleValue* tensorCall(const PickleValue* value) {
    constexpr int maximumDepth = 4; // a parameter of a subclass needs 2
    for (int depth = 0; depth < maximumDepth && value->kind == Kind::Object; ++depth) {
        if (isCallOf(*value, "torch._utils._rebuild_tensor_v2") ||
            isCallOf(*value, "torch._utils._rebuild_tensor") || isCallOf(*value, newTypeCall))
            return value;
        if (!isCallOf(*value, "torch._utils._rebuild_parameter") &&
            !isCallOf(*value, "torch._utils._rebuild_parameter_with_state"))
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

/// Number of tensors in a mapping.
std::ptrdiff_t tensorsIn(const PickleValue& value) {
    if (!isMapping(value))
        return 0;
    return std::count_if(value.items.begin(), value.items.end(), [](const auto& item) {
        return item.first->kind == Kind::Text && tensorCall(item.second) != nullptr;
    });
}

/// A mapping from names to tensors.
struct StateDict {
    const PickleValue* value;
    std::string key; ///< its key in the containing mapping
    std::ptrdiff_t tensors;
};

/// Finds all state dicts of a checkpoint, breadth first, so that those of the model precede nested ones.
/// Visits each mapping once.
std::vector<StateDict> stateDicts(const PickleValue& root) {
    struct Candidate {
        const PickleValue* value;
        const PickleValue* key;
    };
    constexpr std::size_t maximumKey = 100; // one text of the file can be the key of many mappings
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
                    {inner, name->kind == Kind::Text && name->text.size() <= maximumKey ? name : nullptr});
        }
    }
    return found;
}

/// Preference of a key; lower is better. An EMA ranks last.
int rank(const std::string& key) {
    constexpr std::array<std::string_view, 4> names = {"state_dict", "model_state_dict", "model", "state"};
    const auto index = std::ranges::find(names, key) - names.begin();
    return static_cast<int>(index) + (isAverageSet(key) ? 1 : 0);
}

/// Returns the state dict to use, followed by others that the user may have meant. Drops small mappings, such
/// as the optimizer state of one parameter.
std::vector<StateDict> rankStateDicts(std::vector<StateDict> all) {
    std::ptrdiff_t largest = 0;
    for (const StateDict& dict : all)
        largest = std::max(largest, dict.tensors);
    std::erase_if(
        all, [largest](const StateDict& dict) { return rank(dict.key) > 3 && 2 * dict.tensors < largest; });
    std::ranges::stable_sort(all, {}, [](const StateDict& dict) { return rank(dict.key); });
    return all;
}

/// A shape or strides; absent if the value is something else.
std::optional<std::vector<std::int64_t>> naturals(const PickleValue& sequence) {
    if (sequence.kind != Kind::Sequence || sequence.elements.size() > highestRank)
        return std::nullopt;
    std::vector<std::int64_t> numbers;
    for (const PickleValue* element : sequence.elements) {
        if (element->kind != Kind::Integer || element->integer < 0)
            return std::nullopt;
        numbers.push_back(element->integer);
    }
    return numbers;
}

/// A tensor without data. No larger than the file, as it must have its elements there.
at::Tensor shapeOf(const std::string& name, const PickleValue& call, const ZipArchive& archive) {
    const auto& arguments = call.elements[1]->elements;
    constexpr std::size_t needed = 3; // storage, offset, size
    const auto sizes = arguments.size() < needed ? std::nullopt : naturals(*arguments[2]);
    std::int64_t elements = 1;
    bool isPossible = sizes.has_value();
    for (std::size_t i = 0; isPossible && i < sizes->size(); ++i)
        isPossible = !__builtin_mul_overflow(elements, std::max<std::int64_t>((*sizes)[i], 1), &elements);
    if (!isPossible || static_cast<std::uint64_t>(elements) > archive.fileSize())
        throw Error(ErrorKind::Input, fmt::format("tensor '{}' has no valid shape", name), archive.path());
    return at::empty(*sizes, at::TensorOptions(at::kMeta).dtype(at::kFloat));
}

/// Builds tensors from the arguments of their calls. Reads each storage once.
class TensorReader {
public:
    /// @param maximumBytes of all storages together
    TensorReader(const ZipArchive& archive, std::string folder, std::uint64_t maximumBytes)
        : archive_(archive), folder_(std::move(folder)), maximumBytes_(maximumBytes) {}

    at::Tensor read(const std::string& name, const PickleValue& call) {
        const auto& arguments = call.elements[1]->elements;
        constexpr std::size_t typeAt = 6;
        if (isCallOf(call, newTypeCall) && arguments.size() > typeAt && arguments[typeAt]->kind == Kind::Name)
            reject(name, fmt::format("its type {} is not supported", arguments[typeAt]->text));
        constexpr std::size_t needed = 4; // storage, offset, size, stride
        if (arguments.size() < needed || arguments[1]->kind != Kind::Integer)
            reject(name, "its description is incomplete");
        const at::Tensor storage = readStorage(name, *arguments[0]);
        const std::int64_t offset = arguments[1]->integer;
        const auto sizes = naturals(*arguments[2]);
        const auto strides = naturals(*arguments[3]);
        if (!sizes || !strides)
            reject(name, "it has no valid shape or strides");
        if (sizes->size() != strides->size() || offset < 0 ||
            !fits(*sizes, *strides, offset, storage.numel()))
            reject(name, "it exceeds its storage");
        return storage.as_strided(*sizes, *strides, offset);
    }

private:
    [[noreturn]] void reject(const std::string& name, const std::string& what) const {
        throw Error(ErrorKind::Input, fmt::format("cannot read tensor '{}': {}", name, what),
                    archive_.path());
    }

    /// Whether all elements are within the storage, and no more than it contains. Otherwise a contiguous copy
    /// of a single repeated number could fill any memory.
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

    /// @param reference its id is ("storage", class, key, device, elements)
    at::Tensor readStorage(const std::string& name, const PickleValue& reference) {
        constexpr std::size_t idLength = 5;
        if (reference.kind != Kind::PersistentId || reference.elements[0]->elements.size() != idLength)
            reject(name, "it has no storage");
        const auto& id = reference.elements[0]->elements;
        if (id[1]->kind != Kind::Name || id[2]->kind != Kind::Text || id[4]->kind != Kind::Integer)
            reject(name, "the description of its storage is invalid");
        const auto type = std::find_if(storageTypes.begin(), storageTypes.end(),
                                       [&](const auto& known) { return id[1]->text == known.name; });
        if (type == storageTypes.end())
            reject(name, fmt::format("its type {} is not supported", id[1]->text));

        const std::string entry = folder_ + "data/" + id[2]->text;
        const auto known = storages_.find(entry);
        if (known != storages_.end()) {
            if (known->second.scalar_type() != type->type)
                reject(name, "its storage is used with two types");
            return known->second;
        }
        const std::uint64_t bytes = archive_.size(entry);
        const std::uint64_t elementSize = c10::elementSize(type->type);
        if (bytes % elementSize != 0 || id[4]->integer < 0 ||
            static_cast<std::uint64_t>(id[4]->integer) != bytes / elementSize)
            reject(name,
                   fmt::format("its storage claims {} elements but has {} bytes", id[4]->integer, bytes));
        storageBytes_ += bytes;
        if (storageBytes_ > archive_.fileSize())
            reject(name, "the zip file's entries overlap");
        if (storageBytes_ > maximumBytes_)
            reject(name, fmt::format("its storage has {} bytes, far more than the tensors to read", bytes));
        return storages_.emplace(entry, readEntry(entry, id[4]->integer, type->type)).first->second;
    }

    at::Tensor readEntry(const std::string& entry, std::int64_t elements, at::ScalarType type) const {
        // PyTorch treats any non-zero byte as true, but a C++ bool must be 0 or 1.
        at::Tensor storage = at::empty({elements}, type == at::kBool ? at::kByte : type);
        archive_.read(entry, storage.data_ptr());
        return type == at::kBool ? storage.ne(0) : storage;
    }

    const ZipArchive& archive_;
    std::string folder_;
    std::uint64_t maximumBytes_;
    std::map<std::string, at::Tensor> storages_;
    std::uint64_t storageBytes_ = 0;
};

using TensorCalls = std::map<std::string, const PickleValue*>;

/// Names and calls of the tensors of a set.
TensorCalls tensorsOf(const StateDict& set) {
    TensorCalls tensors;
    for (const auto& [key, value] : set.value->items) {
        const PickleValue* call = tensorCall(value);
        if (key->kind == Kind::Text && call != nullptr)
            tensors.insert_or_assign(key->text, call);
    }
    return tensors;
}

/// The moving average that a callback of BSMamba2's published code keeps with the optimizer: tensors without
/// names, in the order of the model's parameters. Empty if there is none.
TensorCalls averageOfOptimizer(const PickleValue& root, const StateDict& weights) {
    const PickleValue* states = root.member("optimizer_states");
    const bool hasState = states != nullptr && states->kind == Kind::Sequence && !states->elements.empty();
    const PickleValue* average = hasState ? states->elements.front()->member("ema") : nullptr;
    if (average == nullptr || average->kind != Kind::Sequence)
        return {};
    TensorCalls tensors;
    std::size_t next = 0;
    for (const auto& [key, value] : weights.value->items) {
        if (key->kind != Kind::Text || !key->text.starts_with("model.") || tensorCall(value) == nullptr)
            continue;
        const PickleValue* call =
            next < average->elements.size() ? tensorCall(average->elements[next++]) : nullptr;
        if (call == nullptr)
            return {};
        tensors.insert_or_assign(key->text, call);
    }
    return next == average->elements.size() ? tensors : TensorCalls();
}

/// A checkpoint and the weights in it to use.
struct OpenArchive : TorchPickle {
    std::vector<StateDict> sets; ///< at least one
    TensorCalls tensors;

    OpenArchive(const std::string& path, WeightSet wanted)
        : TorchPickle(path), sets(rankStateDicts(stateDicts(pickle.root()))) {
        if (sets.empty())
            throw Error(ErrorKind::Input, "contains no weights: no mapping from names to tensors", path,
                        "Save them with torch.save(model.state_dict(), FILE).");
        if (wanted == WeightSet::Average) {
            tensors = averageOfOptimizer(pickle.root(), sets.front());
            std::stable_partition(sets.begin(), sets.end(),
                                  [](const StateDict& set) { return isAverageSet(set.key); });
        }
        if (tensors.empty())
            tensors = tensorsOf(sets.front());
        else
            sets = {{sets.front().value, "optimizer_states.ema", sets.front().tensors}};
    }

    TorchArchive withoutTensors() const {
        TorchArchive found{{}, sets.front().key, {}};
        for (auto other = sets.begin() + 1; other != sets.end(); ++other)
            found.otherSets.push_back(other->key);
        return found;
    }
};

constexpr std::uint64_t sharing = 4; // how often tied weights may repeat the size of the file

/// A storage may contain more than the tensors to read, for instance if all parameters share one, but not so
/// much that a small model takes any amount of memory.
std::uint64_t maximumStorageBytes(const TensorCalls& tensors, const ZipArchive& archive) {
    constexpr std::uint64_t others = 1 << 30;
    std::uint64_t bytes = 0;
    for (const auto& [name, call] : tensors)
        bytes += shapeOf(name, *call, archive).nbytes();
    return sharing * bytes + others;
}

} // namespace

bool isAverageSet(const std::string& key) {
    return key.find("ema") != std::string::npos;
}

TorchArchive readTorchArchive(const std::string& path, const TensorFilter& wanted, WeightSet set) {
    const OpenArchive open(path, set);
    TorchArchive found = open.withoutTensors();
    TensorCalls tensors = open.tensors;
    std::erase_if(tensors, [&](const auto& entry) { return wanted && !wanted(entry.first); });
    TensorReader reader(open.archive, open.folder, maximumStorageBytes(tensors, open.archive));
    std::uint64_t bytes = 0;
    for (const auto& [name, call] : tensors) {
        const at::Tensor tensor = reader.read(name, *call);
        bytes += tensor.nbytes();
        if (bytes > sharing * open.archive.fileSize())
            throw Error(ErrorKind::Input, "its tensors repeat the same bytes too many times", path);
        found.tensors.emplace(name, tensor);
    }
    return found;
}

TorchArchive readTorchShapes(const std::string& path, WeightSet set) {
    const OpenArchive open(path, set);
    TorchArchive found = open.withoutTensors();
    for (const auto& [name, call] : open.tensors)
        found.tensors.emplace(name, shapeOf(name, *call, open.archive));
    return found;
}

} // namespace headroom
