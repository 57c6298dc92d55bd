// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

constexpr std::uint64_t maximumPickle = 32 << 20; // usual: a few hundred bytes per tensor

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

/// Returns the call that rebuilds a tensor, unwrapping parameters and subclasses. Null if the value is no
/// tensor.
const PickleValue* tensorCall(const PickleValue* value) {
    constexpr int maximumDepth = 4; // a parameter of a subclass needs 2
    for (int depth = 0; depth < maximumDepth && value->kind == Kind::Object; ++depth) {
        if (isCallOf(*value, "torch._utils._rebuild_tensor_v2") ||
            isCallOf(*value, "torch._utils._rebuild_tensor"))
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
    const bool isEma = key.find("ema") != std::string::npos;
    return static_cast<int>(index) + (isEma ? 1 : 0);
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

/// Builds tensors from the arguments of their calls. Reads each storage once.
class TensorReader {
public:
    TensorReader(const ZipArchive& archive, std::string folder)
        : archive_(archive), folder_(std::move(folder)) {}

    at::Tensor read(const std::string& name, const PickleValue& call) {
        const auto& arguments = call.elements[1]->elements;
        constexpr std::size_t needed = 4; // storage, offset, size, stride
        if (arguments.size() < needed || arguments[1]->kind != Kind::Integer)
            reject(name, "its description is incomplete");
        const at::Tensor storage = readStorage(name, *arguments[0]);
        const std::int64_t offset = arguments[1]->integer;
        const auto sizes = naturals(name, *arguments[2]);
        const auto strides = naturals(name, *arguments[3]);
        if (sizes.size() != strides.size() || offset < 0 || !fits(sizes, strides, offset, storage.numel()))
            reject(name, "it exceeds its storage");
        return storage.as_strided(sizes, strides, offset);
    }

private:
    [[noreturn]] void reject(const std::string& name, const std::string& what) const {
        throw Error(ErrorKind::Input, fmt::format("cannot read tensor '{}': {}", name, what),
                    archive_.path());
    }

    std::vector<std::int64_t> naturals(const std::string& name, const PickleValue& sequence) const {
        if (sequence.kind != Kind::Sequence || sequence.elements.size() > highestRank)
            reject(name, "it has no valid shape");
        std::vector<std::int64_t> numbers;
        for (const PickleValue* element : sequence.elements) {
            if (element->kind != Kind::Integer || element->integer < 0)
                reject(name, "its shape or stride contains something other than natural numbers");
            numbers.push_back(element->integer);
        }
        return numbers;
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
    std::map<std::string, at::Tensor> storages_;
    std::uint64_t storageBytes_ = 0;
};

/// Returns the folder of the archive's entries, including the slash.
std::string archiveFolder(const ZipArchive& archive) {
    constexpr std::string_view program = "data.pkl";
    for (const std::string& name : archive.names()) {
        if (name.ends_with(program) && std::count(name.begin(), name.end(), '/') == 1 &&
            name[name.size() - program.size() - 1] == '/')
            return name.substr(0, name.size() - program.size());
    }
    throw Error(ErrorKind::Input, "contains no data.pkl, so it is not a checkpoint of torch.save",
                archive.path());
}

Pickle readPickle(const ZipArchive& archive, const std::string& entry) {
    const auto size = archive.size(entry);
    if (size > maximumPickle) {
        throw Error(ErrorKind::Input,
                    fmt::format("its pickle has {} bytes, more than the maximum of {}", size, maximumPickle),
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
        return; // before PyTorch 2.1: little-endian in practice
    std::string order(std::min<std::uint64_t>(archive.size(entry), little.size()), '\0');
    if (archive.size(entry) == little.size())
        archive.read(entry, order.data());
    if (order != little)
        throw Error(ErrorKind::Input, "was written by a big-endian machine", archive.path());
}

} // namespace

TorchArchive readTorchArchive(const std::string& path) {
    const ZipArchive archive(path);
    const std::string folder = archiveFolder(archive);
    checkByteOrder(archive, folder);
    const Pickle pickle = readPickle(archive, folder + "data.pkl");
    const std::vector<StateDict> sets = rankStateDicts(stateDicts(pickle.root()));
    if (sets.empty())
        throw Error(ErrorKind::Input, "contains no weights: no mapping from names to tensors", path);

    TorchArchive found{{}, sets.front().key, {}};
    for (auto other = sets.begin() + 1; other != sets.end(); ++other)
        found.otherSets.push_back(other->key);
    TensorReader reader(archive, folder);
    std::uint64_t bytes = 0;
    constexpr std::uint64_t sharing = 4; // how often tied weights may repeat the size of the file
    for (const auto& [key, value] : sets.front().value->items) {
        const PickleValue* call = tensorCall(value);
        if (key->kind != Kind::Text || call == nullptr)
            continue;
        const at::Tensor tensor = reader.read(key->text, *call);
        bytes += tensor.nbytes();
        if (bytes > sharing * archive.fileSize())
            throw Error(ErrorKind::Input, "its tensors repeat the same bytes too many times", path);
        found.tensors.insert_or_assign(key->text, tensor);
    }
    return found;
}

} // namespace headroom
