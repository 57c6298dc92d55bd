// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"
#include "core/weights/pickle.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

inline constexpr std::int64_t mostSnapshotBytes = std::int64_t{1} << 46; ///< of all blocks and segments

/// The memory snapshot that is read.
struct SnapshotFile {
    const std::string& name;
    std::int64_t elementsLeft; ///< a list may be in the file once and be named many times
};

/// A value of a memory snapshot, with its place for errors. All functions throw Error (Input) for a value of
/// another kind.
struct SnapshotNode {
    const PickleValue* value;
    SnapshotFile& file;
    std::string place; ///< "device_traces[0][15]"

    using Kind = PickleValue::Kind;

    [[noreturn]] void reject(const std::string& what) const {
        throw Error(ErrorKind::Input, what, file.name + (place.empty() ? "" : ", " + place),
                    "The file is damaged or not a memory snapshot of PyTorch.");
    }
    const PickleValue* find(const char* key) const {
        if (value->kind != Kind::Mapping)
            reject("there is no dict");
        return value->member(key);
    }
    SnapshotNode at(const char* key) const {
        const PickleValue* found = find(key);
        if (found == nullptr)
            reject(fmt::format("there is no '{}'", key));
        return {found, file, place.empty() ? std::string(key) : place + "." + key};
    }
    std::vector<SnapshotNode> list() const {
        if (value->kind != Kind::Sequence)
            reject("there is no list");
        file.elementsLeft -= std::ssize(value->elements);
        if (file.elementsLeft < 0)
            reject("there are more elements than the file has bytes");
        std::vector<SnapshotNode> nodes;
        nodes.reserve(value->elements.size());
        for (std::size_t i = 0; i < value->elements.size(); ++i)
            nodes.push_back({value->elements[i], file, fmt::format("{}[{}]", place, i)});
        return nodes;
    }
    std::int64_t integer() const {
        if (value->kind != Kind::Integer)
            reject("there is no whole number");
        return value->integer;
    }
    std::int64_t bytes() const {
        const std::int64_t number = integer();
        if (number < 0 || number > mostSnapshotBytes)
            reject(fmt::format("{} is not a number of bytes", number));
        return number;
    }
    std::int64_t address() const {
        const std::int64_t number = integer();
        if (number < 0)
            reject(fmt::format("{} is not an address", number));
        return number;
    }
    const std::string& text() const {
        if (value->kind != Kind::Text)
            reject("there is no text");
        return value->text;
    }
    bool has(const char* key) const { return find(key) != nullptr; }
};

} // namespace headroom
