// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/effective_batch_box.h"

#include "core/config/rank_share.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_row.h"
#include "ui/theme/icon.h"
#include "ui/theme/typography.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace headroom::ui {

EffectiveBatchBox::EffectiveBatchBox(ConfigModel& model, OptionRow* batch, OptionRow* accumulation)
    : model_(model), lock_(new QToolButton), product_(new QLabel) {
    product_->setTextFormat(Qt::RichText);
    setProperty("role", QStringLiteral("box"));
    lock_->setCheckable(true);
    lock_->setAccessibleName(tr("Lock the effective batch"));
    lock_->setToolTip(
        tr("While locked, batch size and accumulation are divisors of the effective batch, and changing "
           "one changes the other."));
    lock_->setIconSize({em(1.2), em(1.2)});
    auto* lockRow = new QHBoxLayout;
    lockRow->setContentsMargins(em(0.6), 0, em(0.4), 0);
    lockRow->addWidget(lock_);
    lockRow->addWidget(product_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, em(0.2), em(0.3), em(0.2));
    column->setSpacing(em(0.1));
    column->addWidget(batch);
    column->addLayout(lockRow);
    column->addWidget(accumulation);
    const auto drawLock = [this](bool locked) {
        lock_->setIcon(themeIcon(locked ? QStringLiteral("lock") : QStringLiteral("unlock")));
    };
    drawLock(false);
    connect(lock_, &QToolButton::toggled, this, drawLock);
    connect(lock_, &QToolButton::toggled, &model, &ConfigModel::lockEffectiveBatch);
    connect(&model, &ConfigModel::changed, this, &EffectiveBatchBox::read);
    connect(&model, &ConfigModel::effectiveBatchLockChanged, this, &EffectiveBatchBox::read);
    read();
}

void EffectiveBatchBox::setRanks(int ranks) {
    ranks_ = ranks;
    read();
}

void EffectiveBatchBox::read() {
    const bool locked = model_.effectiveBatchLocked();
    lock_->setChecked(locked);
    product_->setText(
        (locked ? tr("Effective batch locked at <b>%1</b> = %2") : tr("Effective batch <b>%1</b> = %2"))
            .arg(model_.effectiveBatch())
            .arg(factorsText()));
}

/// "4 × 3 × 2 ranks"
QString EffectiveBatchBox::factorsText() const {
    const auto& training = model_.config().training;
    const int steps = training.gradientAccumulationSteps;
    const bool divided = canShareSteps(training, ranks_); // if not, there is no forecast, which says why
    const QString factors =
        QStringLiteral("%1 × %2").arg(training.batchSize).arg(divided ? steps / ranks_ : steps);
    return ranks_ > 1 && divided ? tr("%1 × %n ranks", nullptr, ranks_).arg(factors) : factors;
}

} // namespace headroom::ui
