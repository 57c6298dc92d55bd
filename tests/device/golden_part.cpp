// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/device/parts.h"
#include "tests/support/golden_model.h"

namespace headroom::device {
namespace {

using test::GoldenCase;
using test::GoldenComparison;

struct Plan {
    const char* name;
    RecomputePlan recompute;
};

constexpr Plan plans[] = {
    {"kept", {}},
    {"recomputed in slices", {.layers = 99, .slices = 3}},
    {"inputs in host memory", {.layers = 99, .slices = 3, .offload = true}},
};

std::string failuresOf(const GoldenCase& golden, at::ScalarType dtype, const Plan& plan, c10::Device device) {
    GoldenComparison comparison(golden, dtype);
    const auto model = test::goldenModel(golden, dtype, device);
    model->setRecompute(plan.recompute);
    const at::Tensor wave = model->forward(comparison.input("input/mix").to(device));
    test::goldenLoss(golden.config(), wave, comparison.input("input/target").to(device)).total.backward();
    comparison.check("output/wave", wave);
    for (const auto& [name, value] : model->parameters().entries())
        comparison.check("grad/" + name, value.grad());
    return comparison.failures();
}

} // namespace

void checkGoldenCases(Report& report, c10::Device device) {
    for (const GoldenCase& golden : test::goldenCases("bsmamba2_full"))
        for (const at::ScalarType dtype : {at::kDouble, at::kFloat})
            for (const Plan& plan : plans) {
                const std::string failures = failuresOf(golden, dtype, plan, device);
                report.judge(failures.empty(),
                             golden.name + ", " + (dtype == at::kDouble ? "float64, " : "float32, ") +
                                 plan.name,
                             {{"failures", failures}});
            }
}

} // namespace headroom::device
