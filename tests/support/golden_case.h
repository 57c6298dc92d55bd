#pragma once

#include "core/weights/safetensors.h"

#include <ATen/ATen.h>
#include <QTest>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace headroom::test {

/// One case of results of the official code: NAME.json with its configuration beside NAME.safetensors.
struct GoldenCase {
    std::string name;
    nlohmann::json json;
    TensorMap tensors;

    const nlohmann::json& config() const { return json["config"]; }

    /// The tensors whose names begin with `prefix`, under the rest of their names.
    TensorMap under(const std::string& prefix) const {
        TensorMap found;
        for (const auto& [tensorName, value] : tensors) {
            if (tensorName.starts_with(prefix))
                found.emplace(tensorName.substr(prefix.size()), value);
        }
        return found;
    }
};

/// The cases are in this folder, or in the one that HEADROOM_GOLDEN_DIR names.
inline std::filesystem::path goldenFolder() {
    const char* other = std::getenv("HEADROOM_GOLDEN_DIR");
    return other == nullptr || *other == '\0' ? std::filesystem::path(HEADROOM_TEST_DATA "/golden") : other;
}

/// Every case of a kind in the folder, by name.
inline std::vector<GoldenCase> goldenCases(const std::string& kind) {
    std::vector<GoldenCase> cases;
    for (const auto& entry : std::filesystem::directory_iterator(goldenFolder())) {
        if (entry.path().extension() != ".json")
            continue;
        auto json = nlohmann::json::parse(std::ifstream(entry.path()));
        if (json.value("kind", "") != kind)
            continue;
        auto tensors = entry.path();
        tensors.replace_extension(".safetensors");
        cases.push_back({entry.path().stem().string(), std::move(json), readSafetensors(tensors).tensors});
    }
    std::sort(cases.begin(), cases.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return cases;
}

/// Compares results in one dtype with a case's stored tensors and keeps what differs, to be read at once.
class GoldenComparison {
public:
    GoldenComparison(const GoldenCase& golden, at::ScalarType dtype) : golden_(golden), dtype_(dtype) {}

    at::ScalarType dtype() const { return dtype_; }
    at::Tensor input(const std::string& name) const { return golden_.tensors.at(name).to(dtype_); }

    void check(const std::string& name, const at::Tensor& actual) {
        const at::Tensor stored = golden_.tensors.at(name).to(at::kDouble);
        if (actual.sizes() != stored.sizes()) {
            failures_ += fmt::format("{} {}: wrong number of values\n", golden_.name, name);
            return;
        }
        const double largest = stored.abs().max().item<double>();
        const double difference = (actual.detach().to(at::kDouble) - stored).abs().max().item<double>();
        const double allowed = tolerance(name, largest);
        if (!(difference <= allowed)) { // also when it is not a number
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
    /// float64: the stored values' own rounding. float32: what the official code itself deviates, or 1e-5 of
    /// the largest value; sums with cancellation get 1e-4.
    double tolerance(const std::string& name, double largest) const {
        if (dtype_ == at::kDouble)
            return 5e-7 * largest;
        const std::string leaf = name.substr(name.find_last_of("./") + 1);
        const bool cancelling =
            name.starts_with("grad") && (leaf == "A_log" || leaf == "dt_bias" || leaf == "D");
        const auto& deviations = golden_.json["fp32_dev"];
        const double deviation = deviations.contains(name) ? deviations[name][0].get<double>() : 0;
        return std::max(10 * deviation, (cancelling ? 1e-4 : 1e-5) * largest);
    }

    const GoldenCase& golden_;
    at::ScalarType dtype_;
    std::string failures_;
};

using GoldenRun = std::function<void(const GoldenCase&, GoldenComparison&)>;

/// Runs every case of a kind in float64 and in float32. Our own folder must have one; another need not.
inline void runGoldenCases(const std::string& kind, const GoldenRun& run) {
    const auto cases = goldenCases(kind);
    if (cases.empty() && goldenFolder() != HEADROOM_TEST_DATA "/golden")
        QSKIP(("no case of kind " + kind + " in HEADROOM_GOLDEN_DIR").c_str());
    QVERIFY2(!cases.empty(), kind.c_str());
    std::string failures;
    for (const GoldenCase& golden : cases) {
        for (const at::ScalarType dtype : {at::kDouble, at::kFloat}) {
            GoldenComparison comparison(golden, dtype);
            run(golden, comparison);
            failures += comparison.failures();
        }
    }
    qInfo("%s: %zu cases, each in float64 and float32", kind.c_str(), cases.size());
    QVERIFY2(failures.empty(), failures.c_str());
}

} // namespace headroom::test
