// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom {

/// A value of a pickle, read as data: nothing is imported, called or executed. A class or function is only a
/// name, and an instance or result of a call is only the callee and its arguments.
struct PickleValue {
    enum class Kind {
        None,
        Boolean,      ///< integer: 0 or 1
        Integer,      ///< integer
        Real,         ///< real
        Text,         ///< text
        Bytes,        ///< value not stored
        Sequence,     ///< elements; a list, tuple or set
        Mapping,      ///< items; a dict
        Name,         ///< text: "module.name" of a class or function
        Object,       ///< elements: callee and arguments; items, if it is a mapping such as OrderedDict
        PersistentId, ///< elements: the id
        Other,        ///< value not stored: an integer of more than 64 bits
    };
    using Items = std::vector<std::pair<const PickleValue*, const PickleValue*>>;

    Kind kind = Kind::None;
    std::int64_t integer = 0;
    double real = 0;
    std::string text;
    std::vector<const PickleValue*> elements;
    Items items;                        ///< in file order
    const PickleValue* state = nullptr; ///< of an Object: its attributes, if the file has them

    bool isName(const std::string& name) const { return kind == Kind::Name && text == name; }
    /// The value of a text key among the items; null if it is absent.
    const PickleValue* member(std::string_view key) const {
        for (const auto& [name, value] : items)
            if (name->kind == Kind::Text && name->text == key)
                return value;
        return nullptr;
    }
};

/// What a reader expects of a pickle.
struct PickleLimits {
    /// An instruction creates at most one value, memo entry or mark, of about 150 bytes. A checkpoint with
    /// optimizer state has about 200 instructions per tensor.
    std::int64_t instructions = 2'000'000;
    const char* content = "a checkpoint"; ///< for errors
    /// Remedy if there are more instructions; empty: the file is not what it should be.
    const char* tooManyRemedy = "";
};

/// A parsed pickle. Owns its values, which may form cycles. One thread.
///
/// torch::jit::Unpickler is not used because it is not designed for untrusted files: it refuses pickles that
/// name unknown classes, which most training checkpoints contain, and its time and memory are not bounded.
/// This reader accepts any class as a name, bounds both by the length of the file, and is fuzzed
/// (tests/fuzz).
class Pickle {
public:
    /// Parses protocols 2 to 5. Time and memory are bounded by the length of `bytes`. Throws Error (Input) if
    /// the pickle is malformed or incomplete.
    /// @param where name of the file, for errors
    Pickle(std::span<const std::byte> bytes, const std::string& where, const PickleLimits& limits = {});

    const PickleValue& root() const { return *root_; }

private:
    friend class PickleMachine;
    std::deque<PickleValue> values_; ///< a deque, so that addresses stay valid
    const PickleValue* root_ = nullptr;
};

} // namespace headroom
