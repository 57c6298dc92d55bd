// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/device/report.h"

#include <fmt/format.h>

#include <cstdio>

namespace headroom::device {

void Report::judge(bool right, const std::string& name, const nlohmann::ordered_json& values) {
    succeeded_ = succeeded_ && right;
    print(name, right, values);
}

void Report::tell(const std::string& name, const nlohmann::ordered_json& values) {
    print(name, nullptr, values);
}

void Report::print(const std::string& name, const nlohmann::ordered_json& ok,
                   const nlohmann::ordered_json& values) const {
    nlohmann::ordered_json line = {{"part", part_}, {"name", name}, {"ok", ok}};
    line.update(values);
    fmt::print("{}\n", line.dump());
    std::fflush(stdout); // the process may be stopped
}

} // namespace headroom::device
