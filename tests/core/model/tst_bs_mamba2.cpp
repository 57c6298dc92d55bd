// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/run_config.h"
#include "core/model/band_split_model.h"
#include "core/support/error.h"
#include "tests/support/golden_case.h"
#include "tests/support/strict_main.h"

#include <ATen/core/grad_mode.h>

using namespace headroom;

namespace {

ModelShape smallShape() {
    ModelShape shape;
    shape.hiddenDim = 8;
    shape.numLayers = 1;
    shape.dState = 8;
    shape.headdim = 8;
    shape.nFft = 64;
    shape.hopLength = 16;
    shape.bands = {3, 3, 5, 11, 11};
    return shape;
}

RunConfig withModel(const std::function<void(RunConfig&)>& change) {
    RunConfig config;
    change(config);
    return config;
}

} // namespace

class TestBsMamba2 : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// The model of the paper, on Meta: compares all names, shapes and their order.
    void hasParametersOfOfficialModel() {
        const BandSplitModel model(modelShape(RunConfig{}), at::kMeta, at::kFloat, 0);
        std::ifstream file(HEADROOM_TEST_DATA "/golden/state_dict_keys_full.json");
        const auto official = nlohmann::ordered_json::parse(file);
        QCOMPARE(model.parameters().size(), std::size_t{675});
        QCOMPARE(model.parameters().elements(), std::int64_t{48098188});
        QCOMPARE(model.parameters().size(), official.size());
        auto expected = official.begin();
        for (const auto& [name, value] : model.parameters().entries()) {
            QCOMPARE(QString::fromStdString(name), QString::fromStdString(expected.key()));
            QVERIFY2(value.sizes().vec() == expected.value().get<std::vector<std::int64_t>>(), name.c_str());
            QVERIFY(value.is_meta() && value.requires_grad() && value.is_leaf());
            ++expected;
        }
    }

    void weightsDependOnlyOnSeed() {
        const BandSplitModel one(smallShape(), at::kCPU, at::kFloat, 5);
        const BandSplitModel same(smallShape(), at::kCPU, at::kDouble, 5);
        const BandSplitModel other(smallShape(), at::kCPU, at::kFloat, 6);
        bool differs = false;
        for (std::size_t i = 0; i < one.parameters().size(); ++i) {
            const at::Tensor value = one.parameters().entries()[i].value.to(at::kDouble);
            QVERIFY(at::equal(value, same.parameters().entries()[i].value));
            differs |= !at::equal(value, other.parameters().entries()[i].value.to(at::kDouble));
        }
        QVERIFY(differs);
    }

    void initialValuesHaveOfficialDistributions() {
        ModelShape shape = modelShape(RunConfig{});
        shape.numLayers = 1;
        shape.headdim = 1; // for many heads
        const BandSplitModel model(shape, at::kCPU, at::kFloat, 1);
        const auto spans = [&](const std::string& name, double low, double high) {
            const at::Tensor& value = model.parameters().at(name);
            const double tolerance = 0.02 * (high - low);
            QVERIFY2(value.min().item<double>() >= low && value.min().item<double>() < low + tolerance,
                     name.c_str());
            QVERIFY2(value.max().item<double>() <= high && value.max().item<double>() > high - tolerance,
                     name.c_str());
            const double middle = value.to(at::kDouble).mean().item<double>();
            QVERIFY2(std::abs(middle - (low + high) / 2) < 0.05 * (high - low), name.c_str());
        };
        const std::string block = "layers.0.0.forward_blocks.0.";
        spans(block + "mixer.in_proj.weight", -1 / 16.0, 1 / 16.0);  // 1 / sqrt(256)
        spans(block + "mixer.out_proj.weight", -1 / 32.0, 1 / 32.0); // 1 / sqrt(1024)
        spans(block + "mixer.conv1d.weight", -0.5, 0.5);             // 1 / sqrt(4)
        spans(block + "mixer.conv1d.bias", -0.5, 0.5);
        spans("layers.0.0.linear.weight", -1 / 16.0, 1 / 16.0);
        spans("band_split.to_features.61.1.weight", -1 / std::sqrt(516), 1 / std::sqrt(516));
        spans("mask_estimators.0.to_freqs.0.0.0.weight", -1 / 16.0, 1 / 16.0);
        spans("mask_estimators.0.to_freqs.61.0.2.weight", -1 / 32.0, 1 / 32.0);
        for (const char* ones : {"norm.weight", "mixer.norm.weight", "mixer.D"})
            QVERIFY(model.parameters().at(block + ones).eq(1).all().item<bool>());
        const at::Tensor rate = at::exp(model.parameters().at(block + "mixer.A_log"));
        QVERIFY(rate.min().item<double>() >= 1 && rate.max().item<double>() <= 16.001);
        QVERIFY(std::abs(rate.mean().item<double>() - 8.5) < 0.5); // uniform in [1, 16]
        const at::Tensor step = at::log(at::softplus(model.parameters().at(block + "mixer.dt_bias")));
        QVERIFY(step.min().item<double>() > std::log(0.00099) && step.max().item<double>() < std::log(0.101));
        QVERIFY(std::abs(step.mean().item<double>() - std::log(0.01)) < 0.2); // log-uniform in [0.001, 0.1]
    }

    void loadReportsDifferences() {
        BandSplitModel model(smallShape(), at::kCPU, at::kFloat, 1);
        std::map<std::string, at::Tensor> values;
        for (const auto& [name, value] : model.parameters().entries())
            values.emplace(name, at::full_like(value, 0.25, at::kDouble));
        values.erase("final_norm.gamma");
        values["layers.0.0.linear.bias"] = at::zeros({9});
        values["layers.7.0.linear.bias"] = at::zeros({8});
        const LoadReport report = model.parameters().load(values);
        QVERIFY(!report.complete());
        QCOMPARE(report.missing, std::vector<std::string>{"final_norm.gamma"});
        QCOMPARE(report.unexpected, std::vector<std::string>{"layers.7.0.linear.bias"});
        QCOMPARE(report.wrongShape,
                 std::vector<std::string>{"layers.0.0.linear.bias: [9] given, [8] needed"});
        QVERIFY(model.parameters().at("final_norm.gamma").eq(1).all().item<bool>());
        QVERIFY(model.parameters().at("layers.0.0.linear.weight").eq(0.25).all().item<bool>());
        QVERIFY_THROWS_EXCEPTION(Error, model.parameters().at("layers.7.0.linear.bias"));
    }

    void rejectsInvalidShapes() {
        const auto rejects = [](const std::function<void(RunConfig&)>& change) {
            try {
                modelShape(withModel(change));
            } catch (const Error& error) {
                return error.kind() == ErrorKind::Input && !error.where().empty();
            }
            return false;
        };
        QVERIFY(rejects([](RunConfig& c) { c.audio.nFft = 1024; }));
        QVERIFY(rejects([](RunConfig& c) { c.model.freqsPerBands = {1000, 24}; }));
        QVERIFY(rejects([](RunConfig& c) { c.model.freqsPerBands = {1025, 0}; }));
        QVERIFY(rejects([](RunConfig& c) { c.model.hiddenDim = 40; }));
        QVERIFY(rejects([](RunConfig& c) { c.model.hiddenDim = 0; }));
        QVERIFY(rejects([](RunConfig& c) { c.audio.hopLength = 2048; }));
        QVERIFY(rejects([](RunConfig& c) { c.data.targets.clear(); }));
        QVERIFY(rejects([](RunConfig& c) { c.model.numSubbands = 7; }));
        const ModelShape given = modelShape(withModel([](RunConfig& c) {
            c.audio.nFft = 64;
            c.audio.hopLength = 16;
            c.model.freqsPerBands = {11, 22};
        }));
        QCOMPARE(given.bands, (std::vector<std::int64_t>{11, 22}));
    }

    /// For lengths above half a window, also those that are not a multiple of the hop.
    void processesExamplesIndependently() {
        const at::NoGradGuard noGrad;
        const BandSplitModel model(smallShape(), at::kCPU, at::kDouble, 1);
        for (const std::int64_t samples : {33, 160, 161, 175}) {
            const at::Tensor mixture = at::randn({3, 2, samples}, at::kDouble);
            const at::Tensor all = model.forward(mixture);
            QVERIFY(all.sizes() == at::IntArrayRef({3, 1, 2, samples}));
            for (std::int64_t i = 0; i < 3; ++i)
                QVERIFY(
                    at::allclose(all.narrow(0, i, 1), model.forward(mixture.narrow(0, i, 1)), 1e-9, 1e-12));
        }
        QVERIFY_THROWS_EXCEPTION(Error, model.forward(at::zeros({1, 2, 32}, at::kDouble)));
    }

    void mapsSilenceToSilence() {
        const at::NoGradGuard noGrad;
        const BandSplitModel model(smallShape(), at::kCPU, at::kFloat, 1);
        QVERIFY(model.forward(at::zeros({1, 2, 200})).eq(0).all().item<bool>());
    }
};

HEADROOM_TEST_MAIN(TestBsMamba2)
#include "tst_bs_mamba2.moc"
