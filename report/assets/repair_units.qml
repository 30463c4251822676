<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|MapTips" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="CASE WHEN &quot;difference_m2&quot; &gt; 0.05 THEN '+' WHEN &quot;difference_m2&quot; &lt; -0.05 THEN '-' ELSE '=' END" enableorderby="0" forceraster="0" symbollevels="0">
    <categories>
      <category render="true" symbol="0" value="+" label="&gt; 0 m²"/>
      <category render="true" symbol="1" value="-" label="&lt; 0 m²"/>
      <category render="true" symbol="2" value="=" label="0 m²"/>
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="46,125,80,40"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="46,125,80,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.3"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="194,47,37,40"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="194,47,37,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.3"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="150,150,156,40"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="150,150,156,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.3"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="&quot;code&quot; || ' ' || &quot;name&quot; || '\n' || CASE WHEN &quot;difference_m2&quot; &gt; 0 THEN '+' ELSE '' END || format_number(&quot;difference_m2&quot;, 1) || ' m²'" isExpression="1" fontSize="8" fontSizeUnit="Point" fontFamily="sans-serif" textColor="40,40,46,255">
        <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255"/>
      </text-style>
      <placement placement="1" dist="2" distUnits="MM" priority="8"/>
      <rendering scaleVisibility="1" scaleMin="1" scaleMax="250000" obstacle="0"/>
    </settings>
  </labeling>
  <mapTip>&lt;b>[% "code" %] [% "name" %]&lt;/b>&lt;br>[% format_number("area_before_m2", 1) %] → [% format_number("area_after_m2", 1) %] m²</mapTip>
</qgis>
