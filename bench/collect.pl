#!/usr/bin/perl
# collect.pl: the figures that lie in build/bench/ as build/bench.json and as a table. Figures of an
# earlier run that were not measured again are kept.
use strict;
use warnings;
use JSON::PP;

my $json = JSON::PP->new->canonical;

sub figures {
    my ($path) = @_;
    open my $in, '<', $path or return;
    local $/;
    my $text = <$in>;
    return $text =~ /\S/ ? $json->decode($text) : undef;
}

# Rows a second over the steps that a pattern names.
sub rate {
    my ($card, $pattern) = @_;
    my ($rows, $seconds) = (0, 0);
    for my $step (@{$card->{steps}}) {
        next unless $step->{what} =~ $pattern;
        $rows += $step->{rows};
        $seconds += $step->{seconds};
    }
    return $seconds > 0 ? int($rows / $seconds) : undef;
}

# Verdicts that the undo of one unit took back.
sub undone {
    my ($size) = @_;
    open my $in, '<', "build/bench/$size.undo.txt" or return;
    local $/;
    return <$in> =~ /"taken_back":([0-9]+)/ ? $1 + 0 : undef;
}

my $all = figures('build/bench.json') // {};
for my $name ('locate', 'check', 'overlay', 'reader', 'judge') {
    my $own = figures("build/bench/bench_$name.json") or next;
    $all->{$name} = $own->{$name} // $own;
}

if (my $one = figures('build/bench/convert.json')) {
    my ($four, $lookup, $nothing) = map { figures('build/bench/' . $_ . '.json') } qw(convert4 lookup nothing);
    $all->{convert} = {
        rows_per_s => int(1e6 / $one->{seconds}),
        peak_mib => $one->{peak_mib},
        peak_mib_of_four => $four->{peak_mib},
        lookup_ms => ($lookup->{seconds} - $nothing->{seconds}),
        start_ms => 1000 * $nothing->{seconds},
    };
}

for my $size ('district', 'city') {
    my $card = figures("build/bench/$size.json") or next;
    my $peak = figures("build/bench/$size.peak.json") or next;
    my $wrong = 0;
    $wrong += $_->{wrong} for @{$card->{traps}};
    $all->{$size} = {
        seconds => $card->{seconds} + 0,
        peak_mib => $peak->{peak_mib},
        generate_seconds => $card->{generate_seconds},
        records => $card->{account}{in},
        wrong => $wrong,
        steps => $card->{steps},
        cutover => {map { my $f = figures("build/bench/$size.$_.json"); $f ? ($_ => $f) : () }
                    qw(reconcile verify remerge undo redo)},
        undone => undone($size),
        import => rate($card, qr/^(addresses|households|parcels|members|cases)/),
        merge => rate($card, qr/^merge$/),
    };
}
my $size = $all->{district} ? 'district' : 'city';
if ($all->{$size}) {
    $all->{import} = $all->{$size}{import};
    $all->{merge} = $all->{$size}{merge};
}

open my $out, '>', 'build/bench.json' or die "build/bench.json: $!\n";
print $out $json->pretty->encode($all);
close $out or die "build/bench.json: $!\n";

sub line {
    my ($name, $value, $unit) = @_;
    printf "%-34s %16s %s\n", $name, defined $value ? $value : '-', $unit;
}
print "\n";
line('points located', $all->{locate}{noi_per_s}, 'a second');
line('  by GEOS (prepared, STRtree)', $all->{locate}{geos_per_s}, 'a second');
line('  ratio', $all->{locate}{ratio}, 'times');
for my $layer ('real', 'city', 'country') {
    my $f = $all->{check} // {};
    next unless defined $f->{"${layer}_s"};
    line("check: $layer, " . $f->{"${layer}_vertices"} . " vertices", $f->{"${layer}_s"}, 's');
    line('  peak of memory', $f->{"${layer}_peak_mib"}, 'MiB');
    line('  by GEOS (validity, neighbours)', $f->{"${layer}_geos_s"}, 's');
}
for my $layer ('rehearsal', 'real') {
    my $f = $all->{overlay} // {};
    next unless defined $f->{"${layer}_s"};
    line("overlay old x new: $layer", $f->{"${layer}_s"}, 's');
    line('  by GEOS alone, flat areas', $f->{"${layer}_geos_s"}, 's');
}
for my $name (sort keys %{$all->{reader} // {}}) {
    line("reader: $name", $all->{reader}{$name}, '') unless ref $all->{reader}{$name};
}
for my $name (sort keys %{$all->{judge} // {}}) {
    line("judge: $name", $all->{judge}{$name}, '');
}
if (my $f = $all->{convert}) {
    line('convert: addresses, one core', $f->{rows_per_s}, 'a second');
    line('  peak of memory, 1 and 4 million', "$f->{peak_mib} / $f->{peak_mib_of_four}", 'MiB');
    line('lookup: one of a thousand', sprintf('%.3f', $f->{lookup_ms}), 'ms');
    line('  starting the program', sprintf('%.0f', $f->{start_ms}), 'ms');
}
line('rows imported', $all->{import}, 'a second');
line('verdicts', $all->{merge}, 'a second');
for my $each ('district', 'city') {
    my $f = $all->{$each} or next;
    line("$each: import to report", $f->{seconds}, 's');
    line("$each: peak of memory", $f->{peak_mib}, 'MiB');
    line("$each: records judged", $f->{records}, '');
    line("$each: silent wrong answers", $f->{wrong}, '');
    for my $step (['reconcile', 'in = out, every column'], ['verify', 'the ledger proved'],
                  ['remerge', 'a second merge, nothing new'], ['undo', 'one unit taken back'],
                  ['redo', 'and given again']) {
        my $took = $f->{cutover}{$step->[0]} or next;
        line("$each: $step->[1]", sprintf('%.2f', $took->{seconds}), "s, $took->{peak_mib} MiB");
    }
    line("  its verdicts, scattered", $f->{undone}, '') if defined $f->{undone};
    printf "    %8.2f s  %-34s %12d rows\n", $_->{seconds}, $_->{what}, $_->{rows}
        for grep { $_->{seconds} >= 0.5 } @{$f->{steps}};
}
print "\nwritten to build/bench.json\n";
