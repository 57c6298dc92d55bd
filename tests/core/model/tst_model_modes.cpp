#include "tests/support/golden_model.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;

namespace {

struct Result {
    at::Tensor wave;
    std::vector<at::Tensor> gradients;
};

Result run(const GoldenCase& golden, const std::function<void(BsMamba2&)>& mode) {
    const auto model = goldenModel(golden, at::kFloat);
    mode(*model);
    const at::Tensor wave = model->forward(golden.tensors.at("input/mix"));
    goldenLoss(wave, golden.tensors.at("input/target")).total.backward();
    Result result{wave.detach(), {}};
    for (const auto& [name, value] : model->parameters().entries())
        result.gradients.push_back(value.grad());
    return result;
}

double magnitude(const at::Tensor& x) {
    return x.to(at::kDouble).norm().item<double>();
}

double cosine(const at::Tensor& a, const at::Tensor& b) {
    return (a.to(at::kDouble) * b.to(at::kDouble)).sum().item<double>() / (magnitude(a) * magnitude(b));
}

} // namespace

/// The model of every golden case in its other modes, against the plain one.
class TestModelModes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void recomputingChangesNoBit() {
        for (const GoldenCase& golden : goldenCases("bsmamba2_full")) {
            const Result kept = run(golden, [](BsMamba2&) {});
            const Result recomputed = run(golden, [](BsMamba2& model) { model.setRecompute(true); });
            QVERIFY(at::equal(kept.wave, recomputed.wave));
            for (std::size_t i = 0; i < kept.gradients.size(); ++i)
                QVERIFY2(at::equal(kept.gradients[i], recomputed.gradients[i]), golden.name.c_str());
        }
    }

    void bf16StaysCloseToFp32() {
        for (const GoldenCase& golden : goldenCases("bsmamba2_full")) {
            const Result exact = run(golden, [](BsMamba2&) {});
            const Result rounded = run(golden, [](BsMamba2& model) { model.setPrecision(at::kBFloat16); });
            QCOMPARE(rounded.wave.scalar_type(), at::kFloat);
            const double error = magnitude(rounded.wave - exact.wave) / magnitude(exact.wave);
            QVERIFY2(error > 0 && error < 0.03, QByteArray::number(error));
            for (std::size_t i = 0; i < exact.gradients.size(); ++i) {
                QCOMPARE(rounded.gradients[i].scalar_type(), at::kFloat);
                const double close = cosine(rounded.gradients[i], exact.gradients[i]);
                QVERIFY2(close >= 0.99, qPrintable(QStringLiteral("%1, parameter %2: cosine %3")
                                                       .arg(golden.name.c_str())
                                                       .arg(i)
                                                       .arg(close)));
            }
        }
    }
};

HEADROOM_TEST_MAIN(TestModelModes)
#include "tst_model_modes.moc"
