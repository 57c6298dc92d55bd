#include "core/model/mamba2_mixer.h"
#include "tests/support/golden_case.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;

namespace {

MixerShape shapeOf(const nlohmann::json& config) {
    const std::int64_t dim = config["d_model"];
    return {dim, config["expand"].get<std::int64_t>() * dim, config["d_state"], config["headdim"],
            config["d_conv"]};
}

void checkMixer(const GoldenCase& golden, GoldenComparison& comparison, Direction direction) {
    ParameterSet parameters;
    Initialization init(parameters, at::kCPU, comparison.dtype(), 0);
    const MixerShape shape = shapeOf(golden.config());
    const MixerParameters mixer = makeMixerParameters(shape, "", init);
    QVERIFY(parameters.load(golden.under("param/")).complete());

    // Backward in time is forward with time turned round.
    const auto turned = [&](const at::Tensor& x) {
        return direction == Direction::Backward ? at::flip(x, {1}) : x;
    };
    const at::Tensor input = comparison.input("input/x").set_requires_grad(true);
    const at::Tensor output = turned(mamba2Mixer(turned(input), shape, mixer, direction));
    (output * comparison.input("input/r")).sum().backward();

    comparison.check("output/y", output);
    comparison.check("grad/input", input.grad());
    for (const auto& [name, value] : parameters.entries())
        comparison.check("grad/" + name, value.grad());
}

} // namespace

class TestMixerGolden : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCaseForward() {
        runGoldenCases("mamba2_mixer",
                       [](const auto& golden, auto& c) { checkMixer(golden, c, Direction::Forward); });
    }
    void everyCaseBackward() {
        runGoldenCases("mamba2_mixer",
                       [](const auto& golden, auto& c) { checkMixer(golden, c, Direction::Backward); });
    }
};

HEADROOM_TEST_MAIN(TestMixerGolden)
#include "tst_mixer_golden.moc"
