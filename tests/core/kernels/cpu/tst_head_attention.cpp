// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/head_attention.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <limits>

using namespace headroom;

namespace {

constexpr double scale = 0.3;

/// A head of a row, and what is around it.
struct Head {
    std::int64_t length;
    std::int64_t width;
    bool isPolar;
    at::Tensor q = at::randn({length, width});
    at::Tensor k = at::randn({length, width});
    at::Tensor v = at::randn({length, width});
    at::Tensor gates = at::rand({length, 3}); ///< those of other heads, too
    at::Tensor table;
    at::Tensor ahead = at::rand({width}) * -3;

    Head(std::int64_t l, std::int64_t w, bool polar) : length(l), width(w), isPolar(polar) {
        const at::Tensor angles = at::rand({length, isPolar ? width : width / 2}) * 100;
        table = at::stack({at::cos(angles), at::sin(angles)}, -1);
    }

    at::Tensor placed(const at::Tensor& x, bool isKey) const {
        const at::Tensor turns = at::view_as_complex(table.to(at::kDouble));
        if (!isPolar)
            return at::view_as_real(at::view_as_complex(x.to(at::kDouble).unflatten(-1, {-1, 2})) * turns)
                .flatten(1);
        const at::Tensor own =
            isKey ? turns * at::polar(at::ones({width}, at::kDouble), ahead.to(at::kDouble)) : turns;
        const at::Tensor magnitude = at::log1p(at::exp(x.to(at::kDouble)));
        return at::cat({magnitude * at::real(own), magnitude * at::imag(own)}, -1);
    }
    at::Tensor exact() const {
        const at::Tensor scores = at::matmul(placed(q, false), placed(k, true).t()) * scale;
        return at::matmul(at::softmax(scores, -1), v.to(at::kDouble)) * gates.narrow(1, 1, 1);
    }
    /// The columns of the head, and those beside them, which it must leave alone.
    at::Tensor attended() const {
        const at::Tensor out = at::full({length, width + 4}, 77.0F);
        const at::Tensor cosine = at::cos(ahead);
        const at::Tensor sine = at::sin(ahead);
        const auto data = [](const at::Tensor& x) { return x.const_data_ptr<float>(); };
        HeadAttention attention(length, width, static_cast<float>(scale), isPolar);
        const auto run = [&] {
            attention.run({data(table), isPolar, data(cosine), data(sine)}, data(q), data(k), data(v),
                          data(gates) + 1, 3, out.mutable_data_ptr<float>() + 2, width + 4);
        };
        run();
        run(); // its scratch memory is used again
        return out;
    }
};

} // namespace

class TestHeadAttention : public QObject {
    Q_OBJECT

    static void check(const Head& head, double tolerance) {
        const at::Tensor out = head.attended();
        const at::Tensor found = out.narrow(1, 2, head.width).to(at::kDouble);
        QVERIFY((found - head.exact()).abs().max().item<double>() < tolerance);
        QVERIFY(out.narrow(1, 0, 2).eq(77).all().item<bool>());
        QVERIFY(out.narrow(1, head.width + 2, 2).eq(77).all().item<bool>());
    }

private Q_SLOTS:
    /// Lengths of one and of several blocks of keys and of queries.
    void attends() {
        for (const bool isPolar : {false, true})
            for (const std::int64_t width : {2, 30, 64})
                for (const std::int64_t length : {1, 2, 63, 64, 65, 300, 1100})
                    check(Head(length, width, isPolar), 1e-5);
    }

    /// Scores whose exponentials would overflow.
    void bearsLargeScores() {
        Head head(90, 16, false);
        head.q.mul_(100);
        const at::Tensor found = head.attended().narrow(1, 2, 16);
        QVERIFY(at::isfinite(found).all().item<bool>());
        check(head, 1e-2); // the scores are in the hundreds, and so are their rounding errors
    }

    void passesNotANumberOn() {
        Head head(70, 8, false);
        head.q[3][0] = std::numeric_limits<float>::quiet_NaN();
        const at::Tensor isNan = head.attended().narrow(1, 2, 8).isnan();
        QVERIFY(isNan[3].all().item<bool>());
        QCOMPARE(isNan.sum().item<std::int64_t>(), std::int64_t{8});
    }
};

HEADROOM_TEST_MAIN(TestHeadAttention)
#include "tst_head_attention.moc"
