// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/weights/safetensors.h"
#include "tests/support/golden_case_files.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace headroom::test {

/// Stored results of the official code: NAME.json holds the configuration, NAME.safetensors the tensors.
struct GoldenCase {
    std::string name;
    nlohmann::json json;
    TensorMap tensors;

    const nlohmann::json& config() const { return json["config"]; }

    /// The tensors whose names begin with `prefix`, without that prefix.
    TensorMap under(const std::string& prefix) const {
        TensorMap found;
        for (const auto& [tensorName, value] : tensors) {
            if (tensorName.starts_with(prefix))
                found.emplace(tensorName.substr(prefix.size()), value);
        }
        return found;
    }
};

/// All golden cases of a kind, sorted by name.
inline std::vector<GoldenCase> goldenCases(const std::string& kind) {
    std::vector<GoldenCase> cases;
    for (const std::filesystem::path& file : goldenCaseFiles(kind)) {
        auto tensors = file;
        tensors.replace_extension(".safetensors");
        cases.push_back({file.stem().string(), nlohmann::json::parse(std::ifstream(file)),
                         readSafetensors(tensors).tensors});
    }
    return cases;
}

/// Compares results in one dtype with the stored tensors of a case and collects the differences.
class GoldenComparison {
public:
    GoldenComparison(const GoldenCase& golden, at::ScalarType dtype) : golden_(golden), dtype_(dtype) {}

    at::ScalarType dtype() const { return dtype_; }
    at::Tensor input(const std::string& name) const { return golden_.tensors.at(name).to(dtype_); }

    /// @param actual on any device
    void check(const std::string& name, const at::Tensor& actual) {
        const at::Tensor stored = golden_.tensors.at(name).to(at::kDouble);
        if (actual.sizes() != stored.sizes()) {
            failures_ += fmt::format("{} {}: wrong number of values\n", golden_.name, name);
            return;
        }
        const double largest = stored.abs().max().item<double>();
        const double difference =
            (actual.detach().to(at::kCPU, at::kDouble) - stored).abs().max().item<double>();
        const double allowed = tolerance(name, largest);
        if (!(difference <= allowed)) { // true for NaN
            failures_ += fmt::format("{} {} {}: off by {:.3g}, allowed {:.3g}, largest value {:.3g}\n",
                                     golden_.name, at::toString(dtype_), name, difference, allowed, largest);
        }
    }

    void check(const std::string& name, double actual, double stored) {
        const double allowed = std::abs(stored) * (dtype_ == at::kDouble ? 5e-7 : 1e-5);
        if (!(std::abs(actual - stored) <= allowed))
            failures_ += fmt::format("{} {}: {}, not {}\n", golden_.name, name, actual, stored);
    }

    const std::string& failures() const { return failures_; }

private:
    /// float64: the rounding of the stored values. float32: ten times the deviation of the official code, but
    /// at least 1e-5 of the largest value, or 1e-4 for sums with cancellation.
    double tolerance(const std::string& name, double largest) const {
        if (dtype_ == at::kDouble)
            return 5e-7 * largest;
        const std::string leaf = name.substr(name.find_last_of("./") + 1);
        const bool cancels =
            name.starts_with("grad") && (leaf == "A_log" || leaf == "dt_bias" || leaf == "D");
        const auto& deviations = golden_.json["fp32_dev"];
        const double deviation = deviations.contains(name) ? deviations[name][0].get<double>() : 0;
        return std::max(10 * deviation, (cancels ? 1e-4 : 1e-5) * largest);
    }

    const GoldenCase& golden_;
    at::ScalarType dtype_;
    std::string failures_;
};

} // namespace headroom::test
