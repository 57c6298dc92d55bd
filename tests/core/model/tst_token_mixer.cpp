// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/kernel_cost.h"
#include "core/model/initialization.h"
#include "core/model/scan_form.h"
#include "core/model/token_mixer.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <random>

using namespace headroom;

namespace {

struct Case {
    MixerShape shape;
    std::int64_t rows;
    std::int64_t length;
};

MixerParameters makeParameters(const MixerShape& shape, at::ScalarType dtype, std::uint64_t seed) {
    ParameterSet parameters;
    Initialization init(parameters, at::kCPU, dtype, seed);
    MixerParameters mixer = makeMixerParameters(shape, "", init);
    const at::NoGradGuard noGrad;
    mixer.d.uniform_(-1, 1);
    mixer.dtBias.add_(3); // steps large enough that the decays matter
    return mixer;
}

/// Runs only the scan, with identity matrices as projections.
at::Tensor runScan(const at::Tensor& projected, const MixerShape& shape, const ScanSide& side) {
    const auto one = [&](std::int64_t size) {
        return at::eye(size, projected.options().requires_grad(false));
    };
    return mixTokens(projected, shape, one(projected.size(2)), {one(shape.innerDim)}, {side});
}

at::Tensor runOperatorScan(const at::Tensor& projected, const MixerShape& shape, const ScanSide& side) {
    const ScanFormGuard guard(ScanForm::Operators);
    return runScan(projected, shape, side);
}

/// Reference implementation, position by position: h = exp(dt A) h + dt x B', y = h C + D x.
at::Tensor recurrence(const at::Tensor& projected, const MixerShape& shape, const MixerParameters& p,
                      Direction direction) {
    const at::Tensor u = direction == Direction::Backward ? at::flip(projected, {1}) : projected;
    const auto parts = at::split_with_sizes(u, {shape.innerDim, shape.convDim(), shape.heads()}, -1);
    const at::Tensor a = -at::exp(p.aLog);
    at::Tensor h = at::zeros({u.size(0), shape.heads(), shape.headdim, shape.dState}, u.options());
    std::vector<at::Tensor> outputs;
    for (std::int64_t t = 0; t < u.size(1); ++t) {
        at::Tensor sum = p.convBias;
        for (std::int64_t k = 0; k < shape.dConv; ++k) {
            const std::int64_t source = t - (shape.dConv - 1) + k;
            if (source >= 0)
                sum = sum + p.convWeight.select(2, k).select(1, 0) * parts[1].select(1, source);
        }
        const auto xbc =
            at::split_with_sizes(sum * at::sigmoid(sum), {shape.innerDim, shape.dState, shape.dState}, -1);
        const at::Tensor x = xbc[0].unflatten(-1, {shape.heads(), shape.headdim});
        const at::Tensor dt = at::softplus(parts[2].select(1, t) + p.dtBias);
        h = h * at::exp(dt * a).unsqueeze(-1).unsqueeze(-1) +
            (x * dt.unsqueeze(-1)).unsqueeze(-1) * xbc[1].unsqueeze(1).unsqueeze(1);
        const at::Tensor y = (h * xbc[2].unsqueeze(1).unsqueeze(1)).sum(-1) + p.d.unsqueeze(-1) * x;
        const at::Tensor z = parts[0].select(1, t);
        const at::Tensor gated = y.flatten(1) * z * at::sigmoid(z);
        outputs.push_back(gated / (gated.square().mean(-1, true) + 1e-5).sqrt());
    }
    const at::Tensor y = at::stack(outputs, 1);
    return direction == Direction::Backward ? at::flip(y, {1}) : y;
}

/// The value of f, and the gradients of sum(f * r) by all inputs.
template <class F>
std::vector<at::Tensor> valueAndGradients(const F& f, const at::Tensor& projected, const MixerParameters& p,
                                          const at::Tensor& r) {
    std::vector<at::Tensor> results;
    const at::Tensor input = projected.detach().clone().set_requires_grad(true);
    for (at::Tensor leaf : {p.convWeight, p.convBias, p.dtBias, p.aLog, p.d})
        leaf.mutable_grad().reset();
    const at::Tensor value = f(input);
    (value * r).sum().backward();
    results = {value.detach(), input.grad()};
    for (const at::Tensor& leaf : {p.convWeight, p.convBias, p.dtBias, p.aLog, p.d})
        results.push_back(leaf.grad().clone());
    return results;
}

double worstRelativeError(const std::vector<at::Tensor>& actual, const std::vector<at::Tensor>& expected) {
    double worst = 0;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        const double largest = expected[i].abs().max().item<double>();
        const double difference = (actual[i].to(at::kDouble) - expected[i]).abs().max().item<double>();
        worst = std::max(worst, std::isfinite(difference) ? difference / (largest + 1e-12) : HUGE_VAL);
    }
    return worst;
}

/// Sums the reported kernel costs.
class CostSum : public KernelCostObserver {
public:
    void addKernelCost(const Cost& cost) override { sum += cost; }
    Cost sum;
};

std::vector<Case> randomCases() {
    std::mt19937 generator(7);
    const auto draw = [&](std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(generator);
    };
    std::vector<Case> cases{
        {MixerShape{8, 1008, 8, 8, 4}, 1, 150}}; // 1024 channels, for the padding of convStride()
    for (const std::int64_t length : {1, 2, 3, 31, 33, 64, 127, 129, 200, 391}) {
        const std::int64_t headdim = draw(1, 9);
        const MixerShape shape{8, headdim * draw(1, 4), draw(1, 12), headdim, draw(1, 5)};
        cases.push_back({shape, draw(1, 4), length});
    }
    return cases;
}

} // namespace

class TestTokenMixer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(2); }

    /// Kernels and operators, both directions, values and all gradients, in float64.
    void matchesRecurrence() {
        for (const Case& c : randomCases()) {
            const MixerParameters p =
                makeParameters(c.shape, at::kDouble, static_cast<std::uint64_t>(c.length));
            const at::Tensor projected = at::randn({c.rows, c.length, c.shape.projectedDim()}, at::kDouble);
            const at::Tensor r = at::randn({c.rows, c.length, c.shape.innerDim}, at::kDouble);
            for (const Direction direction : {Direction::Forward, Direction::Backward}) {
                const auto run = [&](auto f) { return valueAndGradients(f, projected, p, r); };
                const auto expected =
                    run([&](const at::Tensor& u) { return recurrence(u, c.shape, p, direction); });
                const auto kernel =
                    run([&](const at::Tensor& u) { return runScan(u, c.shape, scanSide(p, direction)); });
                const auto operators = run(
                    [&](const at::Tensor& u) { return runOperatorScan(u, c.shape, scanSide(p, direction)); });
                const QByteArray where = "length " + QByteArray::number(qint64(c.length));
                QVERIFY2(worstRelativeError(kernel, expected) < 1e-9, where);
                QVERIFY2(worstRelativeError(operators, expected) < 1e-9, where);
            }
        }
    }

    /// Joined sides give the sum of separate sides: kernels and operators, values and all gradients, with
    /// several blocks of rows, and an output width that differs from the input width.
    void sumsTheSides() {
        const MixerShape shape{8, 12, 5, 4, 4};
        const MixerParameters first = makeParameters(shape, at::kDouble, 1);
        const MixerParameters second = makeParameters(shape, at::kDouble, 2);
        const auto leaf = [](at::IntArrayRef sizes) {
            return at::randn(sizes, at::kDouble).set_requires_grad(true);
        };
        const at::Tensor x = leaf({150, 50, 8});
        const at::Tensor inProj = leaf({2 * shape.projectedDim(), 8});
        const std::vector<at::Tensor> outProj{leaf({12, 3}), leaf({12, 3})};
        const at::Tensor r = at::randn({150, 50, 3}, at::kDouble);
        std::vector<at::Tensor> leaves{x, inProj, outProj[0], outProj[1]};
        for (const MixerParameters* p : {&first, &second})
            leaves.insert(leaves.end(), {p->convWeight, p->convBias, p->dtBias, p->aLog, p->d});
        const auto run = [&](ScanForm form, bool together) {
            const ScanFormGuard guard(form);
            for (at::Tensor& tensor : leaves)
                tensor.mutable_grad().reset();
            const ScanSide left = scanSide(first, Direction::Forward);
            const ScanSide right = scanSide(second, Direction::Backward);
            const auto halves = at::chunk(inProj, 2);
            const at::Tensor y = together ? mixTokens(x, shape, inProj, outProj, {left, right})
                                          : mixTokens(x, shape, halves[0], {outProj[0]}, {left}) +
                                                mixTokens(x, shape, halves[1], {outProj[1]}, {right});
            (y * r).sum().backward();
            std::vector<at::Tensor> results{y.detach()};
            for (const at::Tensor& tensor : leaves)
                results.push_back(tensor.grad().clone());
            return results;
        };
        const auto expected = run(ScanForm::Operators, false);
        QVERIFY(worstRelativeError(run(ScanForm::Operators, true), expected) < 1e-9);
        QVERIFY(worstRelativeError(run(ScanForm::CpuKernels, true), expected) < 1e-9);
        QVERIFY(worstRelativeError(run(ScanForm::CpuKernels, false), expected) < 1e-9);
    }

    /// Recompute needs the graph but not the values: the forward kernel does not run, and the gradients are
    /// the same.
    void skipsForwardKernelForGradientsOnly() {
        const ScanFormGuard guard(ScanForm::CpuKernels);
        const MixerShape shape{8, 12, 5, 4, 4};
        const MixerParameters p = makeParameters(shape, at::kDouble, 5);
        const at::Tensor inProj = at::randn({shape.projectedDim(), 8}, at::kDouble);
        const at::Tensor outProj = at::randn({12, 3}, at::kDouble);
        const at::Tensor tokens = at::randn({4, 50, 8}, at::kDouble);
        const at::Tensor gradOut = at::randn({4, 50, 3}, at::kDouble);
        const auto gradient = [&](Use use) {
            const at::Tensor x = tokens.clone().set_requires_grad(true);
            mixTokens(x, shape, inProj, {outProj}, {scanSide(p, Direction::Forward)}, use).backward(gradOut);
            return x.grad();
        };
        QVERIFY(at::equal(gradient(Use::GradientsOnly), gradient(Use::Values)));

        ParameterSet parameters;
        Initialization init(parameters, at::kMeta, at::kDouble, 5);
        const MixerParameters onMeta = makeMixerParameters(shape, "", init);
        const auto forwardFlops = [&](Use use) {
            CostSum cost;
            const KernelCostGuard observed(cost);
            mixTokens(tokens.to(at::kMeta), shape, inProj.to(at::kMeta), {outProj.to(at::kMeta)},
                      {scanSide(onMeta, Direction::Forward)}, use);
            return cost.sum.allFlops();
        };
        QVERIFY(forwardFlops(Use::Values) > 0);
        QCOMPARE(forwardFlops(Use::GradientsOnly), 0.0);
    }

    /// Over 2,500 positions, decays underflow. Checks against overflow and cancellation.
    void staysAccurateInFloat32ForLongRows() {
        const MixerShape shape{8, 32, 16, 16, 4};
        const MixerParameters exact = makeParameters(shape, at::kDouble, 3);
        const auto rounded = [](const at::Tensor& x) {
            return x.detach().to(at::kFloat).set_requires_grad(true);
        };
        const MixerParameters p{
            rounded(exact.dtBias),     rounded(exact.aLog),     rounded(exact.d), AdaptedWeight(),
            rounded(exact.convWeight), rounded(exact.convBias), at::Tensor(),     AdaptedWeight()};
        const at::Tensor projected = at::randn({2, 2500, shape.projectedDim()}, at::kDouble);
        const at::Tensor r = at::randn({2, 2500, shape.innerDim}, at::kDouble);
        const auto expected = valueAndGradients(
            [&](const at::Tensor& u) {
                return runOperatorScan(u, shape, scanSide(exact, Direction::Forward));
            },
            projected, exact, r);
        const auto kernel = valueAndGradients(
            [&](const at::Tensor& u) { return runScan(u, shape, scanSide(p, Direction::Forward)); },
            projected.to(at::kFloat), p, r.to(at::kFloat));
        const auto operators = valueAndGradients(
            [&](const at::Tensor& u) { return runOperatorScan(u, shape, scanSide(p, Direction::Forward)); },
            projected.to(at::kFloat), p, r.to(at::kFloat));
        QVERIFY2(worstRelativeError(kernel, expected) < 1e-4,
                 QByteArray::number(worstRelativeError(kernel, expected)));
        QVERIFY2(worstRelativeError(operators, expected) < 1e-4,
                 QByteArray::number(worstRelativeError(operators, expected)));
    }

    void isReproducibleWithThreads() {
        const MixerShape shape{8, 16, 8, 8, 4};
        const MixerParameters p = makeParameters(shape, at::kFloat, 4);
        const at::Tensor projected = at::randn({7, 70, shape.projectedDim()});
        const at::Tensor r = at::randn({7, 70, shape.innerDim});
        const auto run = [&] {
            return valueAndGradients(
                [&](const at::Tensor& u) { return runScan(u, shape, scanSide(p, Direction::Forward)); },
                projected, p, r);
        };
        const auto first = run();
        const auto second = run();
        for (std::size_t i = 0; i < first.size(); ++i)
            QVERIFY(at::equal(first[i], second[i]));
    }
};

HEADROOM_TEST_MAIN(TestTokenMixer)
#include "tst_token_mixer.moc"
