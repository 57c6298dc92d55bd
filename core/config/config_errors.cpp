// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_errors.h"

#include "core/config/option_table.h"
#include "core/config/scalar_text.h"

#include <fmt/format.h>

namespace headroom {
namespace {

constexpr const char* allKeys = "`headroom options` lists all keys.";

std::string nearestRemedy(const std::string& key) {
    const Option* nearest = nearestOption(key);
    if (nearest == nullptr)
        return allKeys;
    return fmt::format("The nearest known key is {} in section {}.", nearest->name(), nearest->section());
}

} // namespace

Error unknownKeyError(const std::string& key, const std::string& where) {
    return {ErrorKind::Input, "unknown key " + excerpt(key), where, nearestRemedy(key)};
}

void ConfigErrors::add(const Error& error) {
    ++count_;
    if (listed_.size() < mostListed)
        listed_.push_back(error);
}

void ConfigErrors::addUnknownKey(const std::string& key, const std::string& where) {
    if (listed_.size() < mostListed) // the search for the nearest key takes time
        listed_.push_back(unknownKeyError(key, where));
    ++count_;
}

void ConfigErrors::throwIfAny() const {
    if (count_ == 0)
        return;
    if (count_ == 1)
        throw Error(listed_.front());
    std::string list = fmt::format("{} errors in the configuration:", count_);
    bool namesAllKeys = false;
    for (const Error& error : listed_) {
        const bool hasOwnRemedy = error.remedy() != allKeys;
        namesAllKeys = namesAllKeys || !hasOwnRemedy;
        list += "\n  " + (hasOwnRemedy ? error : Error(error.kind(), error.what(), error.where())).message();
    }
    if (count_ > listed_.size())
        list += fmt::format("\n  and {} more", count_ - listed_.size());
    if (namesAllKeys)
        list += std::string("\n") + allKeys;
    throw Error(ErrorKind::Input, list);
}

} // namespace headroom
