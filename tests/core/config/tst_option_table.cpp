// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_difference.h"
#include "core/config/option_table.h"
#include "core/config/option_value.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <QFile>

#include <algorithm>
#include <set>
#include <type_traits>
#include <utility>

using namespace headroom;

namespace {

struct Anything {
    template <typename Field>
    operator Field() const; // never called, only used in unevaluated expressions
};

template <typename Section, std::size_t... Index>
constexpr bool isConstructible(std::index_sequence<Index...>) {
    return requires {
        Section{(static_cast<void>(Index), Anything{})...};
    };
}

/// Number of fields of an aggregate.
template <typename Section, std::size_t Count = 40>
constexpr std::size_t fieldCount() {
    if constexpr (isConstructible<Section>(std::make_index_sequence<Count>()))
        return Count;
    else
        return fieldCount<Section, Count - 1>();
}

std::size_t optionsOf(const std::string& section) {
    const auto& table = optionTable();
    return static_cast<std::size_t>(std::count_if(
        table.begin(), table.end(), [&](const Option& option) { return option.section() == section; }));
}

} // namespace

class TestOptionTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFieldHasAnOption() {
        QCOMPARE(optionsOf("audio"), fieldCount<AudioConfig>());
        QCOMPARE(optionsOf("model"), fieldCount<ModelConfig>());
        QCOMPARE(optionsOf("training"), fieldCount<TrainingConfig>());
        QCOMPARE(optionsOf("loss"), fieldCount<LossConfig>());
        QCOMPARE(optionsOf("data"), fieldCount<DataConfig>());
        QCOMPARE(optionsOf("separation"), fieldCount<SeparationConfig>());
        QCOMPARE(optionsOf("memory"), fieldCount<MemoryConfig>());
        QCOMPARE(fieldCount<RunConfig>(), std::size_t{7});
    }
    void everyOptionIsCompleteAndRoundTripsItsDefault() {
        std::set<std::string> keys;
        for (const Option& option : optionTable()) {
            QVERIFY2(keys.insert(option.key).second, option.key.c_str());
            QVERIFY2(!option.description.empty() && option.description.back() != '.', option.key.c_str());
            const std::string text = formatOptionValue(option.defaultValue());
            QVERIFY2(
                parseOptionValue(option, option.type == OptionType::Text ? "" : text) ==
                    (option.type == OptionType::Text ? OptionValue(std::string()) : option.defaultValue()),
                option.key.c_str());
            const bool number = option.type == OptionType::Integer || option.type == OptionType::Real ||
                                option.type == OptionType::IntegerList;
            QVERIFY2(!number || (option.min < option.max && option.step > 0), option.key.c_str());
        }
    }
    void eachOptionReadsAndWritesItsOwnField() {
        // Catches two options bound to one field, and an option that reads and writes different fields.
        for (const Option& option : optionTable()) {
            RunConfig config;
            if (!option.kinds.empty())
                config.model.kind = option.kinds.front();
            const RunConfig before = config;
            OptionValue other = option.defaultValue();
            if (auto* number = std::get_if<std::int64_t>(&other))
                *number += *number < static_cast<std::int64_t>(option.max) ? 1 : -1;
            else if (auto* real = std::get_if<double>(&other))
                *real = *real < option.max ? option.max : option.min;
            else if (auto* flag = std::get_if<bool>(&other))
                *flag = !*flag;
            else if (auto* list = std::get_if<std::vector<int>>(&other))
                list->push_back(512);
            else if (auto* names = std::get_if<std::vector<std::string>>(&other))
                names->push_back("bass");
            else if (option.type == OptionType::Validation)
                other = 0.5;
            else if (option.type == OptionType::Choice)
                other = option.choices.front() == std::get<std::string>(other) ? option.choices.back()
                                                                               : option.choices.front();
            else
                other = "elsewhere";
            option.set(config, other);
            const auto changed = differences(before, config);
            QCOMPARE(changed.size(), std::size_t{1});
            QCOMPARE(changed[0].option->key, option.key);
            QVERIFY(option.get(config) == other);
            QVERIFY(!(config == before));
        }
    }
    void liveOptionsAreAsExpected() {
        std::vector<std::string> live;
        for (const Option& option : optionTable()) {
            if (option.takesEffect == TakesEffect::NextStep)
                live.push_back(option.key);
        }
        const std::vector<std::string> expected = {"audio.segment_length",
                                                   "audio.segment_shortening",
                                                   "model.use_gradient_checkpointing",
                                                   "model.recompute_layers",
                                                   "model.recompute_slices",
                                                   "model.offload",
                                                   "model.kept_activations",
                                                   "model.kept_layers",
                                                   "model.kernels",
                                                   "training.batch_size",
                                                   "training.gradient_accumulation_steps",
                                                   "training.learning_rate",
                                                   "training.save_every_n_epochs",
                                                   "training.save_every_n_minutes",
                                                   "training.keep_last_n_checkpoints",
                                                   "training.validate_every_n_epochs",
                                                   "training.early_stop_patience"};
        QCOMPARE(live, expected);
    }
    void differencesReportWhatNeedsANewRun() {
        RunConfig after;
        after.training.batchSize = 2;
        after.model.hiddenDim = 128;
        const auto changed = differences(RunConfig{}, after);
        QCOMPARE(changed.size(), std::size_t{2});
        QCOMPARE(changed[0].text(), std::string("model.hidden_dim: 256 -> 128"));
        QVERIFY(changed[0].needsNewRun());
        QCOMPARE(changed[1].text(), std::string("training.batch_size: 5 -> 2"));
        QVERIFY(!changed[1].needsNewRun());
    }
    void referenceIsUpToDate() {
        QFile file(QStringLiteral(HEADROOM_SOURCE_DIR "/configs/README.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(file.readAll() == QByteArray::fromStdString(optionReference()),
                 "configs/README.md differs from the option table; regenerate it with\n"
                 "    headroom options > configs/README.md");
    }
};

HEADROOM_TEST_MAIN(TestOptionTable)
#include "tst_option_table.moc"
