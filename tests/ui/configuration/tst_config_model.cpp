// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/config/option_table.h"
#include "core/support/error.h"
#include "tests/support/random_config.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_text.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace headroom;
using namespace headroom::ui;

namespace {

const Option& option(const char* key) {
    const Option* found = findOption(key);
    Q_ASSERT(found != nullptr);
    return *found;
}

OptionValue whole(std::int64_t number) {
    return number;
}

} // namespace

class TestConfigModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void setsAndUndoesEveryOption() {
        const RunConfig other = test::randomConfig(7);
        for (const Option& each : optionTable()) {
            ConfigModel model;
            model.lockEffectiveBatch(false);
            const RunConfig before = model.config();
            model.set(each, each.get(other));
            QVERIFY2(each.get(model.config()) == each.get(other), each.key.c_str());
            QCOMPARE(model.isChanged(each), each.get(before) != each.get(other));
            model.history().undo();
            QVERIFY2(model.config() == before, each.key.c_str());
        }
    }

    void mergesADragIntoOneCommand() {
        ConfigModel model;
        QSignalSpy changes(&model, &ConfigModel::changed);
        model.beginDrag();
        for (const int layers : {5, 4, 3})
            model.set(option("model.num_layers"), whole(layers));
        model.endDrag();
        model.set(option("model.num_layers"), whole(2));
        QCOMPARE(changes.count(), 4);
        QCOMPARE(model.history().count(), 2);
        model.history().undo();
        QCOMPARE(model.config().model.numLayers, 3);
        model.history().undo();
        QCOMPARE(model.config().model.numLayers, 6);
    }

    void dropsADragThatEndsWhereItBegan() {
        ConfigModel model;
        model.beginDrag();
        model.set(option("model.num_layers"), whole(5));
        model.set(option("model.num_layers"), whole(6));
        model.endDrag();
        QCOMPARE(model.history().count(), 0);
        QVERIFY(model.changes().empty());
    }

    void lockedBatchSizeAndAccumulationChangeEachOther() {
        ConfigModel model;
        QCOMPARE(model.effectiveBatch(), 30);
        for (int batch = 1; batch <= 40; ++batch) {
            model.set(option("training.batch_size"), whole(batch));
            QCOMPARE(model.effectiveBatch(), 30);
        }
        QCOMPARE(model.config().training.batchSize, 30);
        model.set(option("training.gradient_accumulation_steps"), whole(15));
        QCOMPARE(model.config().training.batchSize, 2);
        model.history().undo();
        QCOMPARE(model.config().training.batchSize, 30);
        QCOMPARE(model.config().training.gradientAccumulationSteps, 1);
        QVERIFY((model.lockedValues(option("training.batch_size")) ==
                 std::vector<int>{1, 2, 3, 5, 6, 10, 15, 30}));
    }

    void unlockedBatchSizeDoesNotChangeAccumulation() {
        ConfigModel model;
        model.lockEffectiveBatch(false);
        model.set(option("training.batch_size"), whole(7));
        QCOMPARE(model.config().training.batchSize, 7);
        QCOMPARE(model.config().training.gradientAccumulationSteps, 6);
        QVERIFY(model.lockedValues(option("training.batch_size")).empty());
    }

    void resetsLockedOptionsTogether() {
        ConfigModel model;
        model.lockEffectiveBatch(false);
        model.set(option("training.batch_size"), whole(7));
        model.lockEffectiveBatch(true);
        model.reset(option("training.batch_size"));
        QVERIFY(model.changes().empty());
    }

    void aPresetBecomesTheBaseline() {
        ConfigModel model;
        model.set(option("model.num_layers"), whole(2));
        RunConfig preset;
        preset.model.numLayers = 4;
        model.setBaseline(QStringLiteral("preset"), {}, preset);
        QVERIFY(model.changes().empty());
        model.history().undo();
        QCOMPARE(model.config().model.numLayers, 2);
        QCOMPARE(model.baseline().model.numLayers, 6);
        QVERIFY(model.isChanged(option("model.num_layers")));
    }

    void loadsASavedConfiguration() {
        QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.path().toStdString()) / "mine.yaml";
        ConfigModel first;
        first.set(option("audio.segment_length"), 4.0);
        QVERIFY(first.isModified());
        first.save(path);
        QVERIFY(!first.isModified());
        QCOMPARE(first.baselineName(), QStringLiteral("mine.yaml"));
        first.history().undo(); // the saved file remains the baseline
        QVERIFY(first.isModified());
        QCOMPARE(first.baselineName(), QStringLiteral("mine.yaml"));
        first.history().redo();
        QVERIFY(!first.isModified());
        ConfigModel second;
        second.load(path);
        QVERIFY(second.config() == first.config());
        QCOMPARE(second.baselineName(), QStringLiteral("mine.yaml"));
    }

    void aNewBaselineAndADataSetAreNotModifications() {
        ConfigModel model;
        RunConfig preset;
        preset.model.numLayers = 4;
        model.setBaseline(QStringLiteral("preset"), {}, preset);
        QVERIFY(!model.isModified());
        model.set(option("data.root"), std::string("/songs"));
        QVERIFY(!model.isModified());
        model.set(option("model.num_layers"), whole(2));
        QVERIFY(model.isModified());
        model.set(option("model.num_layers"), whole(4));
        QVERIFY(!model.isModified());
    }

    void anInvalidFileChangesNothing() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("bad.yaml"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("model:\n  num_layers: none\n");
        file.close();
        ConfigModel model;
        QVERIFY_THROWS_EXCEPTION(Error, model.load(path.toStdString()));
        QCOMPARE(model.history().count(), 0);
    }

    void everyOptionHasAUniqueTitle() {
        QSet<QString> titles;
        for (const Option& each : optionTable())
            titles.insert(optionTitle(each));
        QCOMPARE(titles.size(), static_cast<qsizetype>(optionTable().size()));
    }
};

HEADROOM_UI_TEST_MAIN(TestConfigModel)
#include "tst_config_model.moc"
