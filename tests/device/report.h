// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace headroom::device {

/// Prints findings, one JSON object per line: part, name, "ok" (true or false; null for a measurement),
/// values.
class Report {
public:
    explicit Report(std::string part) : part_(std::move(part)) {}

    /// A finding that is right or wrong.
    void judge(bool right, const std::string& name, const nlohmann::ordered_json& values = {});
    /// A measurement.
    void tell(const std::string& name, const nlohmann::ordered_json& values);

    bool succeeded() const { return succeeded_; }

private:
    void print(const std::string& name, const nlohmann::ordered_json& ok,
               const nlohmann::ordered_json& values) const;

    std::string part_;
    bool succeeded_ = true;
};

} // namespace headroom::device
