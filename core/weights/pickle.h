#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace headroom {

/// What a pickle describes, taken as data: nothing is imported, called or executed. Classes and functions
/// stay names, their instances and results stay the recipe that they are in the file.
struct PickleValue {
    enum class Kind {
        None,
        Boolean,      ///< integer: 0 or 1
        Integer,      ///< integer
        Real,         ///< left out
        Text,         ///< text
        Bytes,        ///< left out
        Sequence,     ///< elements: of a list, tuple or set
        Mapping,      ///< items
        Name,         ///< text: "module.name" of a class or function
        Object,       ///< elements: what to call, its arguments; items, for a mapping of another class
        PersistentId, ///< elements: the id
        Other,        ///< left out: an integer beyond 64 bits
    };
    using Items = std::vector<std::pair<const PickleValue*, const PickleValue*>>;

    Kind kind = Kind::None;
    std::int64_t integer = 0;
    std::string text;
    std::vector<const PickleValue*> elements;
    Items items; ///< in the file's order

    bool isName(const std::string& name) const { return kind == Kind::Name && text == name; }
};

/// One parsed pickle and all its values, which may refer to each other in circles. One thread.
class Pickle {
public:
    /// Takes protocols 2 to 5. Work and memory are bounded by the length of `bytes`.
    /// @param where stands for the file in messages
    /// @throws Error (Input) for what is no whole, well-formed pickle
    Pickle(std::span<const std::byte> bytes, const std::string& where);

    const PickleValue& root() const { return *root_; }

private:
    friend class PickleMachine;
    std::deque<PickleValue> values_; ///< a deque, for addresses that stay
    const PickleValue* root_ = nullptr;
};

} // namespace headroom
