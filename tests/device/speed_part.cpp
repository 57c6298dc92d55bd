// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/scan_form.h"
#include "core/model/token_mixer.h"
#include "tests/device/parts.h"

#include <ATen/core/grad_mode.h>
#include <fmt/format.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>

namespace headroom::device {
namespace {

/// The rows of a batch of paper.yaml along time and along bands.
struct Rows {
    std::int64_t count;
    std::int64_t length;
};
constexpr Rows paperRows[] = {{310, 801}, {4005, 62}};

} // namespace

void measureCeilings(Report& report, c10::Device device) {
    const auto wide = at::TensorOptions().device(device).dtype(at::kFloat);
    const auto normal = [&](at::IntArrayRef sizes) { return at::randn(sizes, wide).to(at::kBFloat16); };
    {
        const at::Tensor from = at::zeros({std::int64_t{1} << 28}, wide);
        const at::Tensor to = at::empty_like(from);
        const double seconds = secondsOf(device, 10, [&] { to.copy_(from); });
        report.tell("copy", {{"TB_per_s", 2e-12 * static_cast<double>(from.nbytes()) / seconds}});
    }
    const auto product = [&](const std::string& name, std::int64_t m, std::int64_t k, std::int64_t n) {
        const at::Tensor a = normal({m, k});
        const at::Tensor b = normal({k, n});
        const double seconds = secondsOf(device, 20, [&] { at::mm(a, b); });
        report.tell(name, {{"TFLOP_per_s", 2e-12 * static_cast<double>(m * k * n) / seconds}});
    };
    product("square product", 8192, 8192, 8192);
    product("in_proj of an eighth of the tokens", 31039, 256, 4640);
    product("out_proj of an eighth of the tokens", 31039, 1024, 256);

    // cuBLAS may split long sums and add the parts in bf16.
    const at::Tensor gradients = normal({248310, 1024});
    const at::Tensor tokens = normal({248310, 256});
    const at::Tensor exact = at::mm(gradients.to(at::kFloat).t(), tokens.to(at::kFloat));
    report.judge(relativeError(at::mm(gradients.t(), tokens), exact) < 4e-3, "sums of 248,310 products",
                 {{"error", relativeError(at::mm(gradients.t(), tokens), exact)}});
    const at::Tensor left = normal({70000, 16, 16});
    const at::Tensor right = normal({70000, 16, 16});
    const double error =
        relativeError(at::bmm(left, right), at::bmm(left.to(at::kFloat), right.to(at::kFloat)));
    report.judge(error < 4e-3, "70,000 products at once", {{"error", error}});
}

void measureMixers(Report& report, c10::Device device) {
    const MixerShape shape{256, 1024, 128, 64, 4};
    const auto wide = at::TensorOptions().device(device).dtype(at::kFloat);
    const auto normal = [&](at::IntArrayRef sizes, double scale) { return at::randn(sizes, wide) * scale; };
    const auto parameter = [](const at::Tensor& x) { return x.detach().clone().set_requires_grad(true); };
    const ScanSide side{parameter(normal({shape.convDim(), 1, shape.dConv}, 0.5)),
                        parameter(normal({shape.convDim()}, 0.2)),
                        parameter(normal({shape.heads()}, 1) - 3),
                        parameter(normal({shape.heads()}, 1)),
                        parameter(normal({shape.heads()}, 1)),
                        Direction::Forward};
    const at::Tensor inProj =
        parameter(normal({shape.projectedDim(), shape.modelDim}, 0.06).to(at::kBFloat16));
    const at::Tensor outProj = parameter(normal({shape.innerDim, shape.modelDim}, 0.03).to(at::kBFloat16));
    for (const Rows& rows : paperRows)
        for (const auto& [name, form] :
             {std::pair("kernels", ScanForm::OfDevice), {"operators", ScanForm::Operators}}) {
            const ScanFormGuard guard(form);
            const at::Tensor x =
                parameter(normal({rows.count, rows.length, shape.modelDim}, 1).to(at::kBFloat16));
            const auto forward = [&] { return mixTokens(x, shape, inProj, {outProj}, {side}); };
            std::vector<at::Tensor> leaves{x, inProj, outProj};
            for (const at::Tensor& tensor : side.tensors())
                leaves.push_back(tensor);
            const double once = secondsOf(device, 5, [&] {
                const at::NoGradGuard noGrad;
                forward();
            });
            const double both = secondsOf(device, 5, [&] {
                const at::Tensor out = forward();
                torch::autograd::grad({out}, leaves, {out.detach()});
            });
            report.tell(fmt::format("mixer by {}, {} x {}", name, rows.count, rows.length),
                        {{"forward_ms", 1e3 * once}, {"forward_backward_ms", 1e3 * both}});
        }
}

} // namespace headroom::device
