// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/nvml.h"
#include "tests/support/strict_main.h"

using headroom::Nvml;

class TestNvml : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { qunsetenv("FAKE_NVML"); }

    void findsMemoryOfThisProcess() {
        const Nvml nvml(HEADROOM_FAKE_NVML);
        QCOMPARE(nvml.heldByThisProcess().value(), std::int64_t{3} << 20);
    }

    void isAbsentIfTheDriverHidesIt() {
        qputenv("FAKE_NVML", "hidden");
        QVERIFY(!Nvml(HEADROOM_FAKE_NVML).heldByThisProcess());
    }

    void isAbsentIfTheProcessUsesNoDevice() {
        qputenv("FAKE_NVML", "absent");
        QVERIFY(!Nvml(HEADROOM_FAKE_NVML).heldByThisProcess());
    }

    void reportsDriverAndFreeMemory() {
        const Nvml nvml(HEADROOM_FAKE_NVML);
        QCOMPARE(nvml.driverVersion(), std::string("580.65.06"));
        QCOMPARE(nvml.freeMemory("0000:02:00.0").value(), std::int64_t{2} << 30);
        QVERIFY(!nvml.freeMemory("0000:03:00.0"));
        QVERIFY(Nvml("libm.so.6").driverVersion().empty());
        QVERIFY(!Nvml("libm.so.6").freeMemory("0000:01:00.0"));
    }

    void saysWhatSlowsACardDown() {
        const Nvml nvml(HEADROOM_FAKE_NVML);
        const auto hot = nvml.state("0000:01:00.0");
        QVERIFY(hot && hot->isHot && hot->isAtPowerLimit && !hot->lacksPower);
        QCOMPARE(hot->clock, 1500);
        QCOMPARE(hot->temperature, 87);
        QCOMPARE(hot->power, 199.5);
        QCOMPARE(hot->powerLimit, 200.0);
        QCOMPARE(hot->others.size(), std::size_t(1)); // without this process
        QCOMPARE(hot->others[0].process, 1U);
        QCOMPARE(hot->others[0].share, 40); // the newest sample
        const auto weak = nvml.state("0000:02:00.0");
        QVERIFY(weak && weak->lacksPower && !weak->isHot && weak->others.empty());
        qputenv("FAKE_NVML", "cool");
        const auto cool = nvml.state("0000:01:00.0");
        QVERIFY(cool && !cool->isHot && !cool->isAtPowerLimit && cool->others.empty());
        QVERIFY(!nvml.state("0000:03:00.0"));
        QVERIFY(!Nvml("libm.so.6").state("0000:01:00.0"));
    }

    void isAbsentWithoutLibraryOrFunctions() {
        QVERIFY(!Nvml("libheadroom-no-such-library.so").heldByThisProcess());
        QVERIFY(!Nvml("libm.so.6").heldByThisProcess());
    }
};

HEADROOM_TEST_MAIN(TestNvml)
#include "tst_nvml.moc"
