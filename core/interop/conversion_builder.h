// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_errors.h"
#include "core/config/config_places.h"
#include "core/config/option.h"
#include "core/interop/conversion.h"
#include "core/interop/foreign_document.h"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace headroom {

/// A key with the option of the same meaning.
struct MatchingKey {
    const char* key;
    const char* option;
    const char* absent = ""; ///< the other program's default, in YAML; empty: Headroom's stays
};

/// A key that Headroom supports with a single value only.
struct FixedKey {
    const char* key;
    const char* only;   ///< in YAML; an absent key is accepted
    const char* reason; ///< a sentence without a period
};

/// A key that changes nothing, with the reason.
struct IgnoredKey {
    const char* key; ///< all keys of a section, if it ends with a dot
    const char* reason;
};

/// Builds the configuration and the report from a document, key by key. Errors of values are collected; keys
/// that nobody converted are reported as without counterpart.
class ConversionBuilder {
public:
    /// @param places receives the place of each option that was set
    ConversionBuilder(const ForeignDocument& document, ConfigPlaces& places, ConfigErrors& errors)
        : document_(document), places_(places), errors_(errors) {}

    const ForeignDocument& document() const { return document_; }
    const RunConfig& config() const { return config_; }

    void copy(const MatchingKey& pair);
    void copy(std::span<const MatchingKey> pairs);
    void require(std::span<const FixedKey> keys);
    void ignore(std::span<const IgnoredKey> keys);
    void ignore(const IgnoredKey& key) { ignore(std::span(&key, 1)); }
    /// Adds an error unless the key has a value.
    void demand(std::string_view key);

    /// Sets an option to a value that follows from `key`; reported as a default if the key is absent.
    void set(std::string_view key, const char* option, const OptionValue& value,
             KeyOutcome outcome = KeyOutcome::Exact, std::string remark = {});
    /// Reports a key without an option, unless it is absent.
    void report(std::string_view key, KeyOutcome outcome, std::string remark = {});
    void refuse(const std::string& what, std::string_view key, const std::string& remedy = {});
    /// Calls a function that reads values of the document, and collects its Error.
    template <typename Function>
    void collect(Function function) {
        try {
            function();
        } catch (const Error& error) {
            errors_.add(error);
        }
    }

    /// @param format,model see Conversion
    Conversion finish(ForeignFormat format, std::string model);

private:
    void requireOne(const FixedKey& key);
    void reportDefault(const MatchingKey& pair);

    const ForeignDocument& document_;
    ConfigPlaces& places_;
    ConfigErrors& errors_;
    RunConfig config_;
    std::map<std::string, ConvertedKey, std::less<>> converted_;
};

} // namespace headroom
